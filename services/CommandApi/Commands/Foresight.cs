using System.Text.Json;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.CommandApi.Commands;

/// <summary>What will probably become of a command, by the tip as it is now. Commands under way may yet change it: the consumer judges, this only chooses how to answer.</summary>
public static class Foresight
{
    /// <summary>The probable decision, or null where the tip was written by another shape of the state and tells nothing.</summary>
    public static Decision? Of(StreamTip? tip, CommandRecord record)
    {
        var decider = ShopDomain.Instance.DeciderOf(record.Stream) ?? throw new InvalidOperationException($"Nobody decides for {record.Stream}.");
        if (StateOf(tip, decider) is not { } state) return null;
        var at = tip is not null && tip.LastAt > record.At ? tip.LastAt : record.At;
        var decision = decider.Decide(state, record.Command, new CommandContext(record.Stream, record.Actor, at));
        var version = tip?.Version ?? 0;
        return record.IfMatch is { } seen && seen != version && !IsAboutTheActor(decision) && (version > 0 || decider.Creates(record.Command))
            ? Decision.Refuse(CommonRefusals.VersionMismatch, $"The version is {version}, not {seen}.")
            : decision;
    }

    /// <summary>The state as the tip has it; null where it was written by another shape of it and tells nothing.</summary>
    public static object? StateOf(StreamTip? tip, IDecider decider)
    {
        try
        {
            return tip is null ? decider.Initial : tip.StateFor(decider);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Whether it is refused for who asks, which no command under way can change.</summary>
    public static bool IsAboutTheActor(Decision? decision) =>
        decision is Decision.Refused { Kind: RefusalKind.Forbidden };

    /// <summary>Whether the stream must exist for the command, and does not.</summary>
    public static bool IsMissing(StreamTip? tip, CommandRecord record) =>
        tip is null or { Version: 0 } && ShopDomain.Instance.DeciderOf(record.Stream) is { } decider && !decider.Creates(record.Command);
}
