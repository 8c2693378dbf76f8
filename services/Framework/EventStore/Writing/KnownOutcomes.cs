using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.EventStore.Writing;

/// <summary>
/// The outcomes of one stream by command and by idempotency key, to recognize repeated commands of a batch.
/// </summary>
internal sealed class KnownOutcomes
{
    private HashSet<Guid>? _commands;
    private Dictionary<Guid, Guid>? _firstOfKey;

    // The tip is decoded only when needed. Nearly all commands are new, and searching the tip's bytes shows that.
    private StreamTip? _tip;

    public void Add(StreamTip tip) => _tip = tip;

    public void Add(CommandOutcome outcome) => Add(outcome.CommandId, outcome.KeyId, outcome.Code);

    /// <summary>Returns true if the command already has an outcome.</summary>
    public bool Has(ArrivedCommand command)
    {
        Look(command.CommandId);
        return _commands?.Contains(command.CommandId) == true;
    }

    /// <summary>Returns true if an earlier request used this command's idempotency key.</summary>
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
        // The entries that this batch added are later than everything in the tip.
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
        // A refused reuse does not take the key from the first request.
        if (key is { } taken && code != CommonRefusals.IdempotencyKeyReused.Code) (_firstOfKey ??= []).TryAdd(taken, command);
    }
}
