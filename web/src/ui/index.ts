/** The design system. Pages and features import from here. */
export { Avatar, initials } from './avatar'
export {
  Badge,
  ColorDot,
  ColorPicker,
  PALETTE,
  PriorityIcon,
  PriorityLabel,
  StatusPill,
  TagChip,
  toneOf,
  type Priority,
  type Status,
  type TicketStatus,
  type Tone,
} from './badge'
export { Banner } from './banner'
export { Button, IconButton, type ButtonProps } from './button'
export { Card } from './card'
export { Checkbox, RadioGroup, Switch } from './choice'
export { cx } from './class-names'
export { ConfirmDialog, Dialog, Sheet } from './dialog'
export { Field, fieldError, FormError } from './field'
export { Input, PasswordInput, SearchInput, Textarea } from './input'
export { Kbd } from './kbd'
export { Logo } from './logo'
export { defineStrings, LOCALES, useFormat, useLocale, useStrings, type Locale } from './locale'
export { Menu, type MenuEntry } from './menu'
export { Form, FormActions, PageHeader, SettingsPage, SettingsSection, usePageTitle } from './page'
export { Popover } from './popover'
export { RelativeTime, useNow } from './relative-time'
export { Select, type SelectOption } from './select'
export { useCommandList, useCommands, type Command } from './shortcuts'
export { Spinner } from './spinner'
export { SplitButton } from './split-button'
export { Stars } from './stars'
export { EmptyState, ErrorState, Skeleton, SkeletonRows, SkeletonText } from './states'
export { Pagination, type PageInfo } from './pagination'
export { Table, type Column, type Sort } from './table'
export { Segmented } from './segmented'
export { Tabs } from './tabs'
export { useTheme, type Theme } from './theme'
export { toast, toastError } from './toast'
export { Tooltip } from './tooltip'
// Heavier ones are imported from their own file: chart, combobox, files, markdown, panels.
