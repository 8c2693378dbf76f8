using System.Collections;
using System.Collections.Concurrent;

namespace ServerlessCqrs.Operating.DeadLetters;

/// <summary>A set of taken letters; a redelivered letter occurs once. Thread-safe.</summary>
internal sealed class LetterSet : IEnumerable<Letter>
{
    private readonly ConcurrentDictionary<string, Letter> _all = [];

    /// <summary>Adds a letter. The newest receipt replaces an older one.</summary>
    public void Add(Letter letter) => _all[letter.Id] = letter;

    public void Remove(Letter letter) => _all.TryRemove(letter.Id, out _);

    public IEnumerator<Letter> GetEnumerator() => _all.Values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
