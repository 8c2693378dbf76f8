using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Shop;

namespace ServerlessCqrs.CommandApi.Commands;

/// <summary>Reads tips for foresight, in one call, and does without where they cannot be read in time.</summary>
public sealed class TipReader(
    IStreamTips tips,
    TimeProvider time,
    ILogger<TipReader> logger)
{
    /// <summary>A read takes a few milliseconds; after this, taking the command is worth more than foreseeing it.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    /// <summary>What is seen of a stream that does not exist.</summary>
    public static Look Nothing { get; } = new(Tip: null, RequiredIsMissing: false);

    /// <summary>The stream's tip, and whether the stream <paramref name="required"/> is missing; null where the tips cannot be read.</summary>
    public async Task<Look?> TryReadAsync(StreamId stream, StreamId? required, CancellationToken ct)
    {
        using var timeout = new CancellationTokenSource(Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, ct);
        try
        {
            var found = await tips.LoadAsync(required is { } other ? [stream, other] : [stream], either.Token);
            return new Look(
                found.GetValueOrDefault(stream),
                required is { } must && found.GetValueOrDefault(must) is null or { Version: 0 });
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            logger.LogWarning(e, "The tip of {Stream} cannot be read.", stream);
            return null;
        }
    }

    /// <summary>What one read saw.</summary>
    public sealed record Look(
        StreamTip? Tip,
        bool RequiredIsMissing);
}
