// The page, as far as our scripts trust it. What stands in it is our own templates': a script knows which element a selector of
// ours finds, and tests in a browser hold the two together. The compiler does not: at this border it asks nothing.

interface ParentNode {
  querySelector(selectors: string): any;
  querySelectorAll(selectors: string): NodeListOf<any>;
}

interface Element {
  closest(selectors: string): any;
}

interface Document {
  getElementById(id: string): any;
  elementFromPoint(x: number, y: number): any;
}

interface EventTarget {
  addEventListener(type: string, listener: (event: any) => unknown, options?: boolean | AddEventListenerOptions): void;
}

interface HTMLElement {
  addEventListener(type: string, listener: (event: any) => unknown, options?: boolean | AddEventListenerOptions): void;
}

interface HTMLFormControlsCollection {
  [name: string]: any;
}

/** An element by the name in front of its classes: "input.dti-wide" makes an input. */
type ElementOf<Tag extends string> = Tag extends `${infer Name}.${string}` ? ElementNamed<Name> : ElementNamed<Tag>;
type ElementNamed<Name> = Name extends keyof HTMLElementTagNameMap ? HTMLElementTagNameMap[Name] : HTMLElement;

/** An event, whatever it happened to. */
type AnyEvent = any;

interface Document {
  readonly activeElement: any;
}

interface Element {
  readonly parentElement: any;
}

interface EventTarget {
  removeEventListener(type: string, listener: any, options?: any): void;
}

interface HTMLElement {
  removeEventListener(type: string, listener: any, options?: any): void;
}

/** A field of a form, with what ours add to it. */
type FieldElement = HTMLElement & {[added: string]: any};

interface PerformanceEntry {
  readonly responseStart: number; // of a navigation
}
