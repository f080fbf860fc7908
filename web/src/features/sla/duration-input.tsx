import { useState } from 'react'

import { Input } from '@/ui/input'
import { useStrings } from '@/ui/locale'
import { Select } from '@/ui/select'

import { strings } from './strings'

const UNITS = { minutes: 1, hours: 60, days: 1440 } as const
type Unit = keyof typeof UNITS

interface DurationInputProps {
  /** Minutes. */
  value: number
  onChange: (minutes: number) => void
}

/** Minutes, entered in the unit that reads best. */
export function DurationInput({ value, onChange }: DurationInputProps) {
  const say = useStrings(strings)
  const [unit, setUnit] = useState<Unit>(() => bestUnit(value))
  const shown = value ? String(Math.round((value / UNITS[unit]) * 100) / 100) : ''
  return (
    <div className="flex gap-2">
      <Input
        type="number"
        min={unit === 'minutes' ? 1 : 0.1}
        step="any"
        value={shown}
        onChange={(event) => onChange(Math.round(Number(event.target.value) * UNITS[unit]))}
        className="tabular w-24"
      />
      <Select
        value={unit}
        aria-label={say.unit}
        onChange={(next) => {
          setUnit(next)
          onChange(Math.round((value / UNITS[unit]) * UNITS[next]))
        }}
        options={(Object.keys(UNITS) as Unit[]).map((each) => ({ value: each, label: say[each] }))}
        className="w-32"
      />
    </div>
  )
}

function bestUnit(minutes: number): Unit {
  if (minutes && minutes % 1440 === 0) return 'days'
  return minutes && minutes % 60 === 0 ? 'hours' : 'minutes'
}
