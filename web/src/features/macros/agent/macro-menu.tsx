import { useMutation, useQuery } from '@tanstack/react-query'
import { Zap } from 'lucide-react'
import { useNavigate } from 'react-router'

import { http } from '@/api/client'
import { IconButton } from '@/ui/button'
import { defineStrings, useStrings } from '@/ui/locale'
import { Menu } from '@/ui/menu'
import { useCommands } from '@/ui/shortcuts'
import { toast, toastError } from '@/ui/toast'

import { macrosQuery, type Macro } from './queries'

const strings = defineStrings(
  { macros: 'Macros', none: 'Make your first macro', failed: 'The macro was not run' },
  { macros: 'Makros', none: 'Das erste Makro anlegen', failed: 'Das Makro lief nicht' },
)

/** Several actions and a reply in one click; every macro is in the command palette too. */
export function MacroMenu({ ticketId, onDone }: { ticketId: string; onDone: () => void }) {
  const say = useStrings(strings)
  const navigate = useNavigate()
  const { data: macros = [] } = useQuery(macrosQuery())
  const { mutate } = useMutation({
    mutationFn: (macro: Macro) => http.post<{ message: string }>(`/ticket/${ticketId}/macros/${macro.id}`),
    onSuccess: ({ message }) => {
      toast(message, { tone: 'success' })
      onDone()
    },
    onError: (error) => toastError(error, say.failed),
  })
  useCommands(macros.map((macro) => ({ id: `macro.${macro.id}`, label: macro.name, group: say.macros, run: () => mutate(macro) })))
  return (
    <Menu
      side="top"
      align="start"
      trigger={<IconButton size="sm" label={say.macros} icon={<Zap />} />}
      items={
        macros.length > 0
          ? macros.map((macro) => ({ label: macro.name, icon: <Zap />, onSelect: () => mutate(macro) }))
          : [{ label: say.none, icon: <Zap />, onSelect: () => void navigate('/app/settings/macros') }]
      }
    />
  )
}
