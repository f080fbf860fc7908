import { useEffect, useRef, useState, type ReactNode } from 'react'

interface WhenSeenProps {
  children: ReactNode
  /** What stands there until then; about as high as what follows. */
  fallback: ReactNode
}

/** Draws (and so loads) what is below the fold only when somebody comes near it. */
export function WhenSeen({ children, fallback }: WhenSeenProps) {
  const [isSeen, setSeen] = useState(() => !('IntersectionObserver' in window))
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (isSeen || !place.current) return
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) setSeen(true)
      },
      { rootMargin: '120px' },
    )
    observer.observe(place.current)
    return () => observer.disconnect()
  }, [isSeen])
  return isSeen ? children : <div ref={place}>{fallback}</div>
}
