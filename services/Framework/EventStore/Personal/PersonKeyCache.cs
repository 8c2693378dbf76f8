using System.Security.Cryptography;

namespace ServerlessCqrs.EventStore.Personal;

/// <summary>
/// Caches up to a thousand unwrapped keys. A process forgets a key at most five minutes after it was destroyed.
/// Thread-safe.
/// </summary>
internal sealed class PersonKeyCache(TimeProvider clock) : IDisposable
{
    public const int Capacity = 1_000;

    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedListNode<Entry>> _byPerson = [];
    private readonly LinkedList<Entry> _recent = new();

    public PersonKeys? Find(string person)
    {
        lock (_lock)
        {
            if (!_byPerson.TryGetValue(person, out var node)) return null;
            _recent.Remove(node);
            if (clock.GetElapsedTime(node.Value.Since) >= Lifetime)
            {
                _byPerson.Remove(person);
                return null;
            }

            _recent.AddFirst(node);
            return node.Value.Keys;
        }
    }

    public PersonKeys Add(string person, byte[] key)
    {
        var keys = PersonKeys.From(key);
        CryptographicOperations.ZeroMemory(key);
        lock (_lock)
        {
            if (_byPerson.Remove(person, out var old)) _recent.Remove(old);
            _byPerson.Add(person, _recent.AddFirst(new Entry(person, keys, clock.GetTimestamp())));
            if (_recent.Count > Capacity)
            {
                _byPerson.Remove(_recent.Last!.Value.Person);
                _recent.RemoveLast();
            }
        }

        return keys;
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _byPerson.Clear();
            _recent.Clear();
        }
    }

    private sealed record Entry(
        string Person,
        PersonKeys Keys,
        long Since);
}
