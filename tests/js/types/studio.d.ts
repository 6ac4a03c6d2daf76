// Values that the modules of the editors hand to each other.

/** All that an editor says: words by name, some of them in groups. */
type EditorWords = Record<string, any>;

type Page<S extends Pieces = any> = import("../../../static/js/studio/page.js").Page<S>;
type Session<S extends Pieces = any> = import("../../../static/js/studio/session.js").Session<S>;
type Pieces = import("../../../static/js/studio/pieces.js").Pieces;
type Piece = import("../../../static/js/studio/pieces.js").Piece;
type XmlError = import("../../../static/js/studio/xml.js").XmlError;
type ScenarioPage = import("../../../static/js/scenario-studio/page.js").ScenarioPage;
type Story = import("../../../static/js/scenario-studio/story.js").Story;
type StoryMap = import("../../../static/js/scenario-studio/map.js").StoryMap;
type CaseLawPage = import("../../../static/js/case-law-studio/page.js").CaseLawPage;
type List = import("../../../static/js/case-law-studio/list.js").List;
type PledgePage = import("../../../static/js/pledge-studio/page.js").PledgePage;
type Pledge = import("../../../static/js/pledge-studio/pledge.js").Pledge;

// -- XML -------------------------------------------------------------------------------------------------------------------------

/** Places are offsets in the text. Only elements have a name, attributes and children. */
type XmlNode = {
  type: string;
  start: number;
  end: number;
  name: string;
  openEnd: number;
  innerEnd: number;
  selfClosing?: boolean;
  attributes: XmlAttribute[];
  children: XmlNode[];
};
type XmlAttribute = {name: string; value: string; start: number; end: number; valueStart: number; valueEnd: number};
type Change = {start: number; end: number; text: string};

/** How prose is laid out, see `newLayout`. */
type Layout = {
  lead: string;
  between: string;
  trail: string;
  item: string;
  listEnd: string;
  wrap: string;
  inline: boolean;
  inlineOnly: boolean;
  empty: string;
  bareGreater: boolean;
};
type LayoutOptions = {between?: string; inline?: boolean; inlineOnly?: boolean; empty?: string};

// -- the session -----------------------------------------------------------------------------------------------------------------

/** An element of the content: `key` is unique, `number` its place among those of its kind, `index` its place among the pieces. */
type Entry = {key: string; kind: string; id: string; number: number; piece: Piece; index: number};
type Selected = {key: string | null; choice?: number | null};
type Settings = Record<string, any>;
type Renamed = {from: string; to: string};

/** What has changed in the session; who made it (`origin`); which field should have the focus. */
type SessionEvent = {
  story?: boolean;
  selection?: boolean;
  settings?: boolean;
  broken?: boolean;
  chosen?: boolean;
  checked?: boolean;
  left?: boolean;
  savedState?: boolean;
  pendingState?: boolean;
  origin?: string;
  focus?: string;
  renamed?: Renamed | null;
};
type Pending = Map<string, string>;

/** A kind of content: how it is read, what its entries are called, see `Session` and `differences`. */
type Format = {
  read: (text: string, previous?: any) => any;
  carried?: (pending: Pending, before: any, after: any) => Pending;
  titleOf?: (entry: Entry) => string;
  ordered?: boolean;
};

/** What a form is about: its key changes when the id of the entry does. */
type Scope = {key: Key; library?: any};

/** The key of an entry; null for none. */
type Key = string | null | undefined;

/** A step of the history, as `History` keeps it. */
type Step = {state: {story: any; settings: Settings}; label: string; merge: string; where?: Selected | null};

/** What the server answered to a POST, see `post`. */
type Answer = {ok?: boolean; status?: number; body?: any; message?: string; error?: string};

/** What an editor puts into the shell, see `makeEditor`. */
type EditorKind = {
  format: Format;
  Page: new (root: HTMLElement, words: EditorWords, data: any, session: Session) => any;
  tab: string;
  labels: (words: EditorWords) => {label: string; broken: string};
  tools?: (ui: any) => {first?: Node[]; last?: Node[]};
  views: (ui: any, store: Storage | null) => EditorViews;
};
type EditorViews = {
  workspace: HTMLElement;
  others?: Node[];
  update: (event: SessionEvent) => void;
  shown?: (name: string, entry: Entry | null) => void;
  settingsShown?: () => void;
  started?: () => void;
};

// -- the scenario ----------------------------------------------------------------------------------------------------------------

/** Where in an entry something stands: numbers from 0. */
type At = {choice?: number | null; need?: number; effect?: number; authority?: number; line?: number};

/** What an element says, see `dataOf`. Only scenes and endings have lines, only scenes choices. */
type Data = {
  kind: string;
  node: XmlNode;
  needs: Need[];
  lines: Line[];
  choices: Choice[];
  plain: string;
  html: string;
  id: string;
  title: string;
  role: string;
  portrait: string;
  initials: string;
  knows: XmlNode | null;
  knowsNot: XmlNode | null;
  as: string;
  audio: string;
  level: string;
  place: string;
  time: string;
  clock: string;
  timeout: string;
  otherwise: string;
  result: string;
  points: string;
  start: string;
  lowest: string;
  highest: string;
  show: string;
};
type Need = {node: XmlNode; negated: boolean; kind: string; ref: string; atLeast: string; atMost: string};
type Line = {
  kind: string;
  first: XmlNode;
  last: XmlNode;
  plain: string;
  who?: string;
  by?: string;
  over?: string;
  audio?: string;
  src?: string;
  alt?: string;
  decorative?: string;
  title?: string;
  captions?: string;
  transcript?: XmlNode | null;
};
type Choice = {
  node: XmlNode;
  needs: Need[];
  parts: {text: XmlNode | null; outcome: XmlNode | null; why: XmlNode | null};
  text: string;
  outcome: string;
  why: string;
  effects: {node: XmlNode; meter: string; by: string}[];
  authorities: {node: XmlNode; ref: string}[];
  id: string;
  to: string;
  points: string;
  level: string;
  offered: string;
};

/** An arrow of the map: `to` is the key of the target, null for nowhere. */
type Arrow = {from: string; to: string | null; kind: string; choice: number; [more: string]: any};
type Graph = {
  nodes: Entry[];
  start: string | null;
  arrows: Map<string, Arrow[]>;
  into: Map<string, Arrow[]>;
  reached: Set<string>;
  [more: string]: any;
};
type Point = {x: number; y: number};

/** A problem found in the browser: its rule, the entry and the place in it, the field, the values of its sentence. */
type AddProblem = (code: string, key: string | null, values?: Record<string, any>, at?: At | null, field?: string) => void;
type Problem = {code: string; key: string | null; at: any; field: string; values: Record<string, any>; severity?: string};

// -- the list and the pledge -----------------------------------------------------------------------------------------------------

/** A problem as the server says it. */
type ServerProblem = {code: string; where: string; message: string; severity: string; line?: number; field?: string; at?: any};
type Row = {name: string; heading: string; citation: string; kind: string; topics: string[]; modules: number[]; flags: string[]; [more: string]: any};

// -- forms -----------------------------------------------------------------------------------------------------------------------

/** A field of a form, see `fields.js`: `key` is its name in the form, `set` takes in what was typed. */
type FieldOptions = {
  key: string;
  label: string;
  value?: any;
  set?: any;
  help?: string;
  kind?: string;
  list?: string;
  wide?: boolean;
  beside?: Node[];
  options?: any;
  [more: string]: any;
};
