import { PageHeader, Segmented, useTheme, type Theme } from '@/ui'

import { Charts, Writing } from './gallery/contents'
import { Buttons, Choices, Fields, Labels } from './gallery/controls'
import { Colours, Forms } from './gallery/language'
import { Layouts, Lists, Ordered, Overlays, States } from './gallery/surfaces'

/** Development only: every component in every state, to look at and to test. */
export default function GalleryPage() {
  const { theme, setTheme } = useTheme()
  return (
    <main className="mx-auto max-w-6xl px-6 py-10">
      <PageHeader
        title="Gallery"
        description="Every component and its states, in the theme you choose."
        actions={
          <Segmented<Theme>
            label="Theme"
            value={theme}
            onChange={setTheme}
            options={[
              { value: 'dark', label: 'Dark' },
              { value: 'light', label: 'Light' },
              { value: 'system', label: 'System' },
            ]}
          />
        }
      />
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <Colours />
        <Forms />
        <Buttons />
        <Fields />
        <Choices />
        <Labels />
        <Overlays />
        <Lists />
        <Ordered />
        <States />
        <Writing />
        <Charts />
        <Layouts />
      </div>
    </main>
  )
}
