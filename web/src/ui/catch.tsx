import { useQueryErrorResetBoundary } from '@tanstack/react-query'
import { Component, type ReactNode } from 'react'

interface CatchProps {
  /** Where one is; elsewhere another try is made. */
  at: string
  failed: (error: unknown, retry: () => void) => ReactNode
  children: ReactNode
}

/** Shows what was thrown in its own place, so that all around it goes on. */
export function Catch(props: CatchProps) {
  const { reset } = useQueryErrorResetBoundary()
  return <Boundary {...props} onRetry={reset} />
}

class Boundary extends Component<CatchProps & { onRetry: () => void }, { error: unknown; at: string }> {
  override state = { error: null as unknown, at: this.props.at }

  static getDerivedStateFromError(error: unknown) {
    return { error }
  }

  static getDerivedStateFromProps(props: { at: string }, state: { error: unknown; at: string }) {
    return props.at === state.at ? null : { error: null, at: props.at }
  }

  private readonly retry = (): void => {
    this.props.onRetry()
    this.setState({ error: null })
  }

  override render() {
    return this.state.error === null ? this.props.children : this.props.failed(this.state.error, this.retry)
  }
}
