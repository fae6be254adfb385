// Starts the browser side: every controller by name, and page changes without a jump.

import { Application } from "@hotwired/stimulus"
import { startBoost } from "opora/lib/boost.js"
import Autosize from "opora/controllers/autosize.js"
import Board from "routing/board.js"
import Branches from "opora/controllers/branches.js"
import Cite from "knowledge/cite.js"
import Combobox from "opora/controllers/combobox.js"
import Composer from "opora/controllers/composer.js"
import Conditions from "opora/controllers/conditions.js"
import Confirm from "opora/controllers/confirm.js"
import Copy from "opora/controllers/copy.js"
import Dialog from "opora/controllers/dialog.js"
import Draft from "opora/controllers/draft.js"
import Flash from "opora/controllers/flash.js"
import Fold from "opora/controllers/fold.js"
import Guard from "opora/controllers/guard.js"
import Keyhelp from "opora/controllers/keyhelp.js"
import Listnav from "opora/controllers/listnav.js"
import Live from "opora/controllers/live.js"
import Menu from "opora/controllers/menu.js"
import Notify from "notifications/notify.js"
import Order from "opora/controllers/order.js"
import Palette from "opora/controllers/palette.js"
import Panes from "opora/controllers/panes.js"
import Placeholder from "opora/controllers/placeholder.js"
import Presence from "opora/controllers/presence.js"
import Quote from "opora/controllers/quote.js"
import RegionNames from "calendars/region_names.js"
import RelativeTime from "opora/controllers/relative_time.js"
import RemoteImages from "opora/controllers/remote_images.js"
import Selection from "opora/controllers/selection.js"
import Shortcut from "opora/controllers/shortcut.js"
import Signs from "routing/signs.js"
import Suggest from "opora/controllers/suggest.js"
import Tabs from "opora/controllers/tabs.js"
import Theme from "opora/controllers/theme.js"
import Toast from "opora/controllers/toast.js"
import Unread from "opora/controllers/unread.js"
import Upload from "opora/controllers/upload.js"
import WeekGrid from "calendars/week_grid.js"

const CONTROLLERS = {
  autosize: Autosize,
  board: Board,
  branches: Branches,
  cite: Cite,
  combobox: Combobox,
  composer: Composer,
  conditions: Conditions,
  confirm: Confirm,
  copy: Copy,
  dialog: Dialog,
  draft: Draft,
  flash: Flash,
  fold: Fold,
  guard: Guard,
  keyhelp: Keyhelp,
  listnav: Listnav,
  live: Live,
  menu: Menu,
  notify: Notify,
  order: Order,
  palette: Palette,
  panes: Panes,
  placeholder: Placeholder,
  presence: Presence,
  quote: Quote,
  "region-names": RegionNames,
  "relative-time": RelativeTime,
  "remote-images": RemoteImages,
  selection: Selection,
  shortcut: Shortcut,
  signs: Signs,
  suggest: Suggest,
  tabs: Tabs,
  theme: Theme,
  toast: Toast,
  unread: Unread,
  upload: Upload,
  "week-grid": WeekGrid,
}

startBoost()
const application = Application.start()
for (const [name, controller] of Object.entries(CONTROLLERS)) application.register(name, controller)
document.documentElement.dataset.ready = "true" // keys are heard from now on
