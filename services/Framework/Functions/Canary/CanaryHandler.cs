using Microsoft.Extensions.Logging;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Sending;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Lambda;
using ServerlessCqrs.Projections;

namespace ServerlessCqrs.Functions.Canary;

/// <summary>
/// Writes the canary's stream like a user, waits until the read model shows the change, and records the lag. A change
/// that is not visible within <see cref="Patience"/> is recorded with the time waited. A command that cannot be sent, or
/// that is refused, fails the invocation and records nothing.
/// </summary>
public sealed partial class CanaryHandler(
    CanaryStream canary,
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
        for (var pause = FirstPause;
             clock.GetElapsedTime(began) < Patience;
             pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            decided ??= await DecidedAsync(command, ct);
            if (decided is { } version
                && (await items.LoadVersionsAsync([canary.Id], ct)).GetValueOrDefault(canary.Id) >= version)
            {
                metric.Record(clock.GetElapsedTime(began), isSeen: true);
                return;
            }

            await Task.Delay(pause, clock, ct);
        }

        metric.Record(clock.GetElapsedTime(began), isSeen: false);
        LogNotSeen(command.CommandId, decided is null ? "decided" : "shown by the read model", Patience.TotalSeconds);
    }

    /// <summary>Creates the stream the first time, and changes it every other time.</summary>
    private async Task<CommandRecord> NextAsync(CancellationToken ct)
    {
        var now = clock.GetUtcMilliseconds();
        var next = await tips.FindAsync(canary.Id, ct) is { Version: > 0 } ? canary.Change(now) : canary.Create;
        return new CommandRecord(Guid.CreateVersion7(now), KeyId: null, canary.Id, next, canary.Writer, now);
    }

    /// <summary>Returns the version that the command produced, or null while it is undecided.</summary>
    /// <exception cref="InvalidOperationException">The command was refused: another user owns the canary's
    /// stream, or a rule has changed.</exception>
    private async Task<long?> DecidedAsync(CommandRecord command, CancellationToken ct)
    {
        var tip = await tips.FindAsync(canary.Id, ct);
        var outcome = tip?.Ring.Entries.FirstOrDefault(entry => entry.CommandId == command.CommandId);
        return outcome is { Status: CommandStatus.Refused, Code: var code }
            ? throw new InvalidOperationException($"The canary was refused: {code}.")
            : outcome?.Version;
    }

    [LoggerMessage(1, LogLevel.Warning, "The canary's command {Command} was not {Missing} within {Seconds} s.")]
    private partial void LogNotSeen(Guid command, string missing, double seconds);
}
