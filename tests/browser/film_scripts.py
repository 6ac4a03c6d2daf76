"""What is asked of a film in a browser: how many captions it has in each language, and to play its last second."""

CUES = """async film => { const count = {};
    for (const track of film.textTracks) {
        track.mode = 'showing';
        const element = [...film.querySelectorAll('track')].find((one) => one.track === track);
        if (element.readyState < 2) await new Promise((done, failed) => { element.onload = done; element.onerror = failed; });
        count[track.language] = [...track.cues].filter((cue) => cue.endTime <= film.duration + 0.1).length;
        track.mode = 'disabled';
    }
    return count; }"""
# In a player of its own: that of the block goes back to a question that is not answered yet.
PLAY_THE_END = """async film => { const other = document.createElement('video');
    other.muted = true;
    other.src = film.currentSrc;
    document.body.append(other);
    await new Promise((done) => other.addEventListener('loadedmetadata', done, {once: true}));
    other.currentTime = other.duration - 1;
    const end = new Promise((done, failed) => { other.onended = done; other.onerror = failed; setTimeout(failed, 50000); });
    await other.play(); await end; return other.currentTime; }"""
