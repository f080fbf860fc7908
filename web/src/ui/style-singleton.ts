/**
 * Stands for the package `react-style-singleton` (see vite.config.ts): what dialogs and menus use to lock scrolling.
 * That one adds a `<style>` element, which our content security policy refuses; a constructed sheet is allowed.
 */
import { useEffect } from 'react'

export function stylesheetSingleton() {
  let count = 0
  let sheet: CSSStyleSheet | null = null
  return {
    add(css: string): void {
      count += 1
      if (count > 1) return
      sheet = new CSSStyleSheet()
      sheet.replaceSync(css)
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
    },
    remove(): void {
      count -= 1
      if (count > 0 || !sheet) return
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== sheet)
      sheet = null
    },
  }
}

export function styleHookSingleton() {
  const sheet = stylesheetSingleton()
  return (css: string, isDynamic?: boolean): void => {
    const key = isDynamic ? css : ''
    useEffect(() => {
      sheet.add(css)
      return () => sheet.remove()
      // Changes only when the styles are said to be dynamic: the package's own contract.
      // oxlint-disable-next-line react/exhaustive-deps
    }, [key])
  }
}

export function styleSingleton() {
  const useStyle = styleHookSingleton()
  return function Sheet({ styles, dynamic = false }: { styles: string; dynamic?: boolean }) {
    useStyle(styles, dynamic)
    return null
  }
}
