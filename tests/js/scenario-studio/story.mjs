// A small story for the editor's tests.
export const STORY = `
    <introduction>
      <p>You ride tonight.</p>
    </introduction>
    <!-- the ladder -->
    <level id="signal" title="Signal">A look.</level>
    <level id="words" title="Words">Say it.</level>
    <meter id="trust" title="Trust" start="50" lowest="0" highest="100" show="play">What people think.</meter>
    <scene id="stop" title="The stop"  level='signal' place="Mill Road" clock="20" timeout="nothing">
      <p>Hale has him down.</p>
      <say who="Hale">Stay down!</say>
      <p>He is <em>still</em>.</p>
      <choice id="speak" to="calm" points="3" level="words">
        <text>Say his name.</text>
        <outcome><p>He looks up.</p></outcome>
        <why><p>Words help.</p></why>
        <effect meter="trust" by="10"/>
        <authority ref="byrd-v-brishke"/>
      </choice>
      <choice id="wait" to="later" points="0">
        <text>Wait.</text>
        <outcome><p>It goes on.</p></outcome>
        <why><p>Waiting is a choice.</p></why>
      </choice>
      <choice id="nothing" to="later" points="0" offered="no">
        <text>You said nothing.</text>
        <outcome><p>It goes on.</p></outcome>
        <why><p>Seconds pass.</p></why>
      </choice>
    </scene>
    <scene id="later" title="Later" level="words" otherwise="hurt">
      <needs-not choice="stop/speak"/>
      <p>He is hurt.</p>
      <choice id="aid" to="calm" points="2">
        <needs meter="trust" at-least="20"/>
        <text>Call for aid.</text>
        <outcome><p>They come.</p></outcome>
        <why><p>Late is not never.</p></why>
      </choice>
      <choice id="back" to="stop" points="0">
        <text>Look away.</text>
        <outcome><p>Again.</p></outcome>
        <why><p>No.</p></why>
      </choice>
      <choice id="leave" to="hurt" points="0">
        <text>Go.</text>
        <outcome><p>You go.</p></outcome>
        <why><p>No.</p></why>
      </choice>
    </scene>
    <ending id="calm" title="In time" result="good"><p>Good.</p></ending>
    <ending id="hurt" title="Too late" result="bad"><p>Bad.</p></ending>
`;

/** What of \`before\` and \`after\` is different: [what was there, what is there now]. */
export function difference(before, after) {
  let start = 0;
  while (start < before.length && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < before.length - start && end < after.length - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  return [before.slice(start, before.length - end), after.slice(start, after.length - end)];
}
