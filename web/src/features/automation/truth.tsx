import { Check, X } from 'lucide-react'

import { cx, useStrings } from '@/ui'

import type { ComparisonTruth, FieldSpec, GroupTruth, Vocabulary } from './api'
import { strings } from './strings'

interface TruthTreeProps {
  truth: GroupTruth
  vocabulary: Vocabulary | undefined
}

/** Each condition with its truth on one ticket: why a rule did, or did not, act. */
export function TruthTree({ truth, vocabulary }: TruthTreeProps) {
  const say = useStrings(strings)
  const title = { all: say.matchAll, any: say.matchAny, none: say.matchNone }[truth.match]
  if (truth.conditions.length === 0) return <Line isTrue>{say.noConditions}</Line>
  return (
    <div className="text-sm">
      <Line isTrue={truth.truth}>
        <span className="font-medium">{title}</span>
      </Line>
      <ul className="mt-1 ml-2 space-y-1 border-l border-line pl-4">
        {truth.conditions.map((part, index) => (
          // oxlint-disable-next-line react/no-array-index-key
          <li key={index}>
            {'conditions' in part ? (
              <TruthTree truth={part} vocabulary={vocabulary} />
            ) : (
              <ComparisonLine part={part} vocabulary={vocabulary} />
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}

function Line({ isTrue, children }: { isTrue: boolean; children: React.ReactNode }) {
  const say = useStrings(strings)
  return (
    <span className="flex items-start gap-2">
      <span className={cx('mt-0.5 shrink-0 [&_svg]:size-4', isTrue ? 'text-green' : 'text-red')}>
        {isTrue ? <Check aria-label={say.true} /> : <X aria-label={say.false} />}
      </span>
      <span className="min-w-0">{children}</span>
    </span>
  )
}

function ComparisonLine({ part, vocabulary }: { part: ComparisonTruth; vocabulary: Vocabulary | undefined }) {
  const say = useStrings(strings)
  const spec = vocabulary?.fields.find((field) => field.key === part.field)
  const operator = spec && vocabulary?.operators[spec.kind].find((each) => each.key === part.operator)
  const found = shown(part.found, spec, say)
  return (
    <Line isTrue={part.truth}>
      {spec?.label ?? part.field} {operator?.label ?? part.operator}{' '}
      {part.value !== null && part.value !== undefined && (
        <span className="font-medium">{shown(part.value, spec, say)}</span>
      )}
      {found && <span className="text-muted"> ({say.found(found)})</span>}
    </Line>
  )
}

function shown(value: unknown, spec: FieldSpec | undefined, say: { nothing: string; yes: string; no: string }): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'boolean') return value ? say.yes : say.no
  if (Array.isArray(value)) return value.map((each) => shown(each, spec, say)).join(', ') || say.nothing
  const text = String(value)
  return spec?.options?.find((option) => option.value === text)?.label ?? (text || say.nothing)
}
