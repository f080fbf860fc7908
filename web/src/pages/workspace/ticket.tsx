import { useParams } from 'react-router'
import { Navigate } from 'react-router'

/** A ticket by its own address, as mails and copied links have it: opened in the list of all tickets. */
export default function TicketPage() {
  const { ticketId = '' } = useParams()
  return <Navigate to={`/app/inbox/all/${ticketId}`} replace />
}
