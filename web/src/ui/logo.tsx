/** The mark: a bowl of water under a rim, a drop in it. */
export function Logo({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" className={className} role="img" aria-label="Deskwell">
      <rect width="32" height="32" rx="8" fill="var(--accent)" />
      <path
        d="M8 9.5h16M8 9.5c0 8 3.2 13 8 13s8-5 8-13"
        fill="none"
        stroke="var(--accent-ink)"
        strokeWidth="2.6"
        strokeLinecap="round"
      />
      <circle cx="16" cy="14.6" r="2.3" fill="var(--accent-ink)" />
    </svg>
  )
}
