using ServerlessCqrs.EventStore.Tips;

namespace ServerlessCqrs.EventStore.Writing;

/// <summary>The outcomes of one stream that a batch may meet again: by command, and by idempotency key.</summary>
internal sealed class KnownOutcomes
{
    public const string KeyReused = "idempotency_key_reused";

    private readonly HashSet<Guid> _commands = [];
    private readonly Dictionary<Guid, Guid> _firstOfKey = [];

    public void Add(CommandOutcome outcome) => Add(outcome.CommandId, outcome.KeyId, outcome.Code);

    public void Add(RingEntry entry) => Add(entry.CommandId, entry.KeyId, entry.Code);

    /// <summary>Whether the command has its outcome already.</summary>
    public bool Has(ArrivedCommand command) => _commands.Contains(command.CommandId);

    /// <summary>Whether another request took this command's idempotency key before.</summary>
    public bool KeyIsTaken(ArrivedCommand command) =>
        command.KeyId is { } key && _firstOfKey.TryGetValue(key, out var first) && first != command.CommandId;

    private void Add(Guid command, Guid? key, string? code)
    {
        _commands.Add(command);
        // A refused reuse does not take the key from the request that has it.
        if (key is { } taken && code != KeyReused) _firstOfKey.TryAdd(taken, command);
    }
}
