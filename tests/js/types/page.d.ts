// What the server gives to the scripts, and what they ask of the platform.

/** The words of a page by name: the server translates them. */
type Words = Record<string, string>;

/** The XBlock runtime of Studio. */
type Runtime = {notify?: (name: string, data: object) => void} | undefined;

type Fetcher = (address: string, options?: RequestInit) => Promise<Response>;

type Form = HTMLFormElement;
type Button = HTMLElement | null | undefined;

/** Runs when a screen stands in the page: after the answer to `form`, and once at the start, without one. */
type OnScreen = (screen: HTMLElement, form?: any) => void;

/** Says whether the screen in the page is still the one, so that the answer does not replace it. */
type Keeps = (parsed: Document, form: Form) => boolean;

/** A moment of a film in its page. */
type Moment = {id: string, section: any, isTape: boolean, at: number, to: number, answered: boolean, fresh: boolean};
