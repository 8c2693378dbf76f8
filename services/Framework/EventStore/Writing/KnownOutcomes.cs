using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Writing;

/// <summary>The outcomes of one stream that a batch may meet again: by command, and by idempotency key.</summary>
internal sealed class KnownOutcomes
{
    private HashSet<Guid>? _commands;
    private Dictionary<Guid, Guid>? _firstOfKey;

    // Not read yet: nearly no command is one that the tip knows, and the tip's bytes tell so.
    private StreamTip? _tip;

    public void Add(StreamTip tip) => _tip = tip;

    public void Add(CommandOutcome outcome) => Add(outcome.CommandId, outcome.KeyId, outcome.Code);

    /// <summary>Whether the command has its outcome already.</summary>
    public bool Has(ArrivedCommand command)
    {
        Look(command.CommandId);
        return _commands?.Contains(command.CommandId) == true;
    }

    /// <summary>Whether another request took this command's idempotency key before.</summary>
    public bool KeyIsTaken(ArrivedCommand command)
    {
        if (command.KeyId is not { } key) return false;
        Look(key);
        return _firstOfKey?.TryGetValue(key, out var first) == true && first != command.CommandId;
    }

    private void Look(Guid id)
    {
        if (_tip is not { } tip || !(tip.Ring.MayName(id) || tip.Newest.MayName(id))) return;
        _tip = null;
        // What this batch added came after all that the tip holds.
        var later = _firstOfKey;
        _firstOfKey = null;
        foreach (var entry in tip.Ring.Entries) Add(entry.CommandId, entry.KeyId, entry.Code);
        foreach (var outcome in tip.Newest.Outcomes) Add(outcome);
        foreach (var (key, first) in later ?? []) _firstOfKey?.TryAdd(key, first);
        _firstOfKey ??= later;
    }

    private void Add(Guid command, Guid? key, string? code)
    {
        (_commands ??= []).Add(command);
        // A refused reuse does not take the key from the request that has it.
        if (key is { } taken && code != CommonRefusals.IdempotencyKeyReused.Code) (_firstOfKey ??= []).TryAdd(taken, command);
    }
}
