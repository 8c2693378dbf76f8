using System.Collections;
using System.Collections.Concurrent;

namespace ServerlessCqrs.Operator.DeadLetters;

/// <summary>Letters in hand, each once, however often its queue gave it. Thread-safe.</summary>
internal sealed class LetterSet : IEnumerable<Letter>
{
    private readonly ConcurrentDictionary<string, Letter> _all = [];

    /// <summary>The newest receipt counts.</summary>
    public void Add(Letter letter) => _all[letter.Id] = letter;

    public void Remove(Letter letter) => _all.TryRemove(letter.Id, out _);

    public IEnumerator<Letter> GetEnumerator() => _all.Values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
