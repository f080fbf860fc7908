/** The time zone of this browser. */
export function ownZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC'
}

/** A day of this browser's zone as YYYY-MM-DD. */
export function isoDay(date: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

/** The day so many days before today. */
export function daysAgo(days: number): string {
  return isoDay(new Date(Date.now() - days * 86_400_000))
}
