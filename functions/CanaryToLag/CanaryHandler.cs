using Microsoft.Extensions.Logging;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Sending;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Lambda;
using ServerlessCqrs.Projections;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Shop.Products;

namespace ServerlessCqrs.CanaryToLag;

/// <summary>
/// Writes the canary's product like a seller, waits until the read model shows the change, and records the lag. A
/// change that is not visible within <see cref="Patience"/> is recorded with the time waited. A command that cannot be
/// sent, or that is refused, fails the invocation and records nothing.
/// </summary>
public sealed partial class CanaryHandler(
    ICommandStream commands,
    IStreamTips tips,
    IReadModelVersions items,
    ILagMetric metric,
    TimeProvider clock,
    ILogger<CanaryHandler> log) : IScheduledHandler
{
    /// <summary>Three times the lag that raises the alarm, and half of the function's timeout.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(200);

    public async Task HandleAsync(ScheduledEvent tick, InvocationContext context, CancellationToken ct)
    {
        var command = await NextAsync(ct);
        var began = clock.GetTimestamp();
        await commands.PutAsync(command, ct);

        long? decided = null;
        for (var pause = FirstPause; clock.GetElapsedTime(began) < Patience; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            decided ??= await DecidedAsync(command, ct);
            if (decided is { } version && (await items.LoadVersionsAsync([CanaryProduct.Stream], ct)).GetValueOrDefault(CanaryProduct.Stream) >= version)
            {
                metric.Record(clock.GetElapsedTime(began), isSeen: true);
                return;
            }

            await Task.Delay(pause, clock, ct);
        }

        metric.Record(clock.GetElapsedTime(began), isSeen: false);
        LogNotSeen(command.CommandId, decided is null ? "decided" : "shown by the read model", Patience.TotalSeconds);
    }

    /// <summary>Creates the product the first time, and changes its description every other time.</summary>
    private async Task<CommandRecord> NextAsync(CancellationToken ct)
    {
        var now = clock.GetUtcMilliseconds();
        IProductCommand next = await tips.FindAsync(CanaryProduct.Stream, ct) is { Version: > 0 }
            ? new ReviseProductDetails(Name: null, Description: $"Written at {now:O}.", Category: null, Specifications: null)
            : new CreateProduct("Canary", "Not written yet.", "canary", new Money(1, "USD"), Quantity: 0, "NOWHERE", new Dictionary<string, string>(), []);
        return new CommandRecord(Guid.CreateVersion7(now), KeyId: null, CanaryProduct.Stream, next, CanaryProduct.Seller, now);
    }

    /// <summary>Returns the version that the command produced, or null while it is undecided.</summary>
    /// <exception cref="InvalidOperationException">The command was refused: another seller owns the canary's product,
    /// or a rule has changed.</exception>
    private async Task<long?> DecidedAsync(CommandRecord command, CancellationToken ct)
    {
        var tip = await tips.FindAsync(CanaryProduct.Stream, ct);
        var outcome = tip?.Ring.Entries.FirstOrDefault(entry => entry.CommandId == command.CommandId);
        return outcome is { Status: CommandStatus.Refused, Code: var code } ? throw new InvalidOperationException($"The canary was refused: {code}.") : outcome?.Version;
    }

    [LoggerMessage(1, LogLevel.Warning, "The canary's command {Command} was not {Missing} within {Seconds} s.")]
    private partial void LogNotSeen(Guid command, string missing, double seconds);
}
