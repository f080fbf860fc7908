import { homeOf, type User } from './session'

/** Where to go after sign-in: the page that was asked for, when it is one of ours and fits the role. */
export function destination(user: Pick<User, 'role'>, next: string | null): string {
  const home = homeOf(user)
  if (next === null) return home
  return next === home || next.startsWith(`${home}/`) || next.startsWith(`${home}?`) ? next : home
}
