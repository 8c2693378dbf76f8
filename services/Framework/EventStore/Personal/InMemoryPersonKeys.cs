using System.Collections.Concurrent;

namespace ServerlessCqrs.EventStore.Personal;

/// <summary>Persons' keys in memory, for tests and simulations. Thread-safe.</summary>
public sealed class InMemoryPersonKeys : IPersonKeys
{
    private readonly ConcurrentDictionary<string, PersonKey> _keys = new();

    public Task<PersonKey?> FindAsync(string person, CancellationToken ct) => Task.FromResult(_keys.GetValueOrDefault(person));

    public Task<PersonKey> AddAsync(string person, byte[] wrapped, CancellationToken ct) => Task.FromResult(_keys.GetOrAdd(person, new PersonKey(wrapped)));

    public Task EraseAsync(string person, CancellationToken ct)
    {
        _keys[person] = new PersonKey(null);
        return Task.CompletedTask;
    }
}
