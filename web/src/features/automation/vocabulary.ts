import { useMemo } from 'react'

import { useStrings } from '@/ui'

import type { Kind, Vocabulary } from './api'
import { strings } from './vocabulary-strings'

/** The vocabulary in the reader's language, as far as it has words for it. */
export function useInWords<V extends Vocabulary | undefined>(vocabulary: V): V {
  const say = useStrings(strings)
  return useMemo(() => {
    if (!vocabulary) return vocabulary
    const operators = Object.entries(vocabulary.operators).map(([kind, known]) => [
      kind as Kind,
      known.map((operator) => ({ ...operator, label: say.operators[operator.key] ?? operator.label })),
    ])
    return {
      ...vocabulary,
      triggers: vocabulary.triggers.map(({ key, label }) => ({ key, label: say.triggers[key] ?? label })),
      fields: vocabulary.fields.map((field) => ({
        ...field,
        label: say.fields[field.key] ?? field.label,
        group: say.groups[field.group] ?? field.group,
      })),
      operators: Object.fromEntries(operators) as Vocabulary['operators'],
    }
  }, [vocabulary, say])
}
