// axe-core on a page, where it has been loaded: the rules of `options` on all that `context` names, and the rules of `colors` on one
// text of each look that is not among the `known` ones.
async ([context, options, colors, known]) => {
    const told = ({violations}) => violations.map(({id, impact, help, nodes}) =>
        ({id, impact, help, nodes: nodes.map(({html, target, failureSummary}) => ({html, target, failureSummary}))}));
    const whole = context.include || context.exclude ? context : document;
    const found = options ? told(await axe.run(whole, options)) : [];
    const answer = {violations: found, asked: [], passed: [], failed: []};
    if (!colors) return answer;

    // A number for a text, so that a look is short: the two halves of MurmurHash's mixing, as cyrb53 has it.
    const number = (text) => {
        let one = 0xdeadbeef, other = 0x41c6ce57;
        for (let at = 0; at < text.length; at++) {
            one = Math.imul(one ^ text.charCodeAt(at), 2654435761);
            other = Math.imul(other ^ text.charCodeAt(at), 1597334677);
        }
        one = Math.imul(one ^ (one >>> 16), 2246822507) ^ Math.imul(other ^ (other >>> 13), 3266489909);
        other = Math.imul(other ^ (other >>> 16), 2246822507) ^ Math.imul(one ^ (one >>> 13), 3266489909);
        return (4294967296 * (2097151 & other) + (one >>> 0)).toString(36);
    };
    const unusual = (style, usual) => Object.entries(usual).filter(([name, value]) => style[name] !== value).map(([name]) => `${name}:${style[name]}`);
    const PLAIN = {backgroundColor: "rgba(0, 0, 0, 0)", backgroundImage: "none", opacity: "1", filter: "none", mixBlendMode: "normal",
        position: "static", clip: "auto", clipPath: "none"};
    const backgrounds = new Map();
    const background = (element) => { // all that is behind the texts of an element, up to the root
        if (!element) return "";
        if (!backgrounds.has(element)) {
            const own = unusual(getComputedStyle(element), PLAIN).join();
            const name = own.includes("position") ? `${element.localName}.${element.getAttribute("class")}` : "";
            backgrounds.set(element, `${own && `${own} ${name} < `}${background(element.parentElement)}`);
        }
        return backgrounds.get(element);
    };
    const letters = (style) => [style.color, style.fontSize, style.fontWeight, style.textShadow, style.textDecorationLine,
        style.webkitTextFillColor, style.webkitTextStroke, style.borderBottomStyle];
    const look = (element, link) => {
        const looks = [element.localName, element.getAttribute("type"), ...letters(getComputedStyle(element)), background(element)];
        if (link && link.parentElement) {
            const among = link.parentElement.textContent.trim().length > link.textContent.trim().length;
            looks.push("in a link", among, ...letters(getComputedStyle(link)), ...letters(getComputedStyle(link.parentElement)));
        }
        return number(looks.join("|"));
    };

    // Texts that are seen, and fields; what is disabled needs no contrast.
    const texts = new Set(document.querySelectorAll("input:not([type=hidden], [type=checkbox], [type=radio]), select, textarea"));
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) if (walker.currentNode.data.trim()) texts.add(walker.currentNode.parentElement);
    const within = (element, places) => (places ?? []).some((place) => element.closest(place));
    const seen = (element) => {
        if (element.matches("script, style, noscript, template, title, option, :disabled")) return false;
        if (element.closest(":disabled, [aria-disabled=true]") || element.closest("label")?.control?.disabled) return false;
        if ((context.include && !within(element, context.include)) || within(element, context.exclude)) return false;
        if (!element.checkVisibility({visibilityProperty: true, opacityProperty: true})) return false;
        const box = element.getBoundingClientRect();
        return box.width > 1 && box.height > 1;
    };
    const decided = new Set(known), looks = new Map(), unknown = new Map();
    for (const element of texts) {
        if (!seen(element)) continue;
        const link = element.closest("a, [role=link]"), name = look(element, link);
        looks.set(element, name);
        if (decided.has(name)) continue;
        if (!unknown.has(name)) unknown.set(name, []);
        if (unknown.get(name).length < 2) unknown.get(name).push(link ?? element); // the first may stand behind something
    }
    if (!unknown.size) return answer;
    const judged = await axe.run({include: [...unknown.values()].flat()}, {...colors, resultTypes: ["violations", "passes"], elementRef: true});
    answer.violations.push(...told(judged));
    answer.asked = [...unknown.keys()];
    const of = (results) => results.filter(({id}) => id === "color-contrast")
        .flatMap(({nodes}) => nodes.map(({element}) => looks.get(element))).filter(Boolean);
    answer.failed = judged.violations.length ? answer.asked : [];
    answer.passed = of(judged.passes);
    return answer;
}
