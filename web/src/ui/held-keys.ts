/** A key as it was pressed: by its name for commands, and as the text it would write. */
export interface Press {
  key: string
  text: string
}

interface Meant {
  keys?: string
  /** What the command acts on. */
  of?: string
}

/**
 * Keys pressed while what they are meant for is still loading: kept in order, and played once it is there.
 *
 * A key waits when its command is not there yet, or still is that of what one came from; then so does every key
 * after it, for `I` `J` means the one before the other. Escape takes them back.
 */
export class HeldKeys {
  private awaited: string | null = null
  private present: string | null = null
  private presses: Press[] = []

  /** From now on keys are meant for this; null: for nothing that is on its way. */
  await(name: string | null): void {
    if (name === this.awaited) return
    if (this.awaited !== null || name === null) this.presses = []
    this.awaited = name === this.present ? null : name
  }

  /** Whether this key waits; `command` is what it would run now. */
  takes(press: Press, command: Meant | undefined): boolean {
    if (this.awaited === null) return false
    const isFirst = this.presses.length === 0
    if (press.key === 'escape' && !isFirst) {
      this.presses = []
      return true
    }
    const isPlain = command ? !command.keys?.includes('mod+') : press.text !== ''
    const isMeant = command ? command.of !== undefined && command.of !== this.awaited : isPlain && press.text !== ' '
    if (!isMeant && (isFirst || !isPlain)) return false
    this.presses.push(press)
    return true
  }

  /**
   * It is there. `play` runs a key's command and says whether what follows is text, which is then returned;
   * playing ends where something else is awaited because of it.
   */
  arrived(name: string, play: (key: string) => boolean): string {
    this.present = name
    if (name !== this.awaited) return ''
    this.awaited = null
    while (this.awaited === null) {
      const press = this.presses.shift()
      if (!press) return ''
      if (play(press.key)) return this.presses.splice(0).map(({ text }) => text).join('')
    }
    return ''
  }

  left(name: string): void {
    if (this.present === name) this.present = null
  }
}
