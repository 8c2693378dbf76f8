using System.Diagnostics;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Sending;
using ServerlessCqrs.Streams;
using ServerlessCqrs.Web.Requests;

namespace ServerlessCqrs.Web.Commands;

/// <summary>
/// Checks a command, predicts its outcome from its stream's tip, sends it to Kinesis, and waits if the client prefers
/// that or if it will probably be refused. A command costs one read of the tip and one put. A stream whose id was just
/// created here is not read.
/// </summary>
public sealed class CommandSender(
    TipReader tips,
    PastOutcomes past,
    OutcomeWait wait,
    Foresight foresight,
    Domain domain,
    ICommandStream stream,
    TimeProvider time,
    ILogger<CommandSender> logger)
{
    /// <summary>The time within which a create in flight becomes visible. After it the stream is unknown.</summary>
    private static readonly TimeSpan UntilUnknown = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(50);

    /// <summary>How long to wait for a probable refusal, whatever the client prefers.</summary>
    private static readonly TimeSpan ForRefusal = TimeSpan.FromSeconds(5);

    /// <summary>Kinesis responds within about 20 ms. This includes time for throttling.</summary>
    private static readonly TimeSpan PutTimeout = TimeSpan.FromSeconds(6);

    /// <summary>
    /// The latest end of the wait, including all earlier steps. The function has 29 s, and a last read may take four.
    /// </summary>
    private static readonly TimeSpan Whole = TimeSpan.FromSeconds(24);

    /// <summary>Sends the command, unless it has an error that cannot change.</summary>
    public async Task<Reply> SendAsync(WriteRequest request, Write write, CancellationToken ct)
    {
        if (write.Command.Check().ToArray() is { Length: > 0 } violations) return new Reply.NotSent(Problem.Of(violations));
        var began = time.GetTimestamp();
        var record = RecordOf(request, write);
        var (settled, doubtful) = await LookAsync(request, write, record, ct);
        if (settled is not null) return settled;
        if (await PutAsync(record, ct) is { } notPut) return notPut;

        var patience = TimeSpan.FromSeconds(request.WaitSeconds ?? 0);
        if (doubtful && patience < ForRefusal) patience = ForRefusal;
        var left = Whole - time.GetElapsedTime(began);
        if (patience > left) patience = left;
        return await wait.ForAsync(record, patience, ct) is { } outcome ? new Reply.Decided(outcome, Replayed: false) : new Reply.Pending(record);
    }

    /// <summary>Sends a command without waiting, and without reading its stream.</summary>
    public async Task<Reply> SendUnseenAsync(StreamId target, ICommand command, Actor by, CancellationToken ct)
    {
        var now = time.GetUtcMilliseconds();
        var record = new CommandRecord(Guid.CreateVersion7(now), KeyId: null, target, command, by, now, CorrelationId: CorrelationId);
        return await PutAsync(record, ct) ?? new Reply.Pending(record);
    }

    /// <summary>
    /// Returns a reply if one is possible without sending. Otherwise it returns whether the command will probably be
    /// refused, or cannot be predicted.
    /// </summary>
    private async Task<(Reply? Settled, bool Doubtful)> LookAsync(WriteRequest request, Write write, CommandRecord record, CancellationToken ct)
    {
        for (var started = time.GetTimestamp(); ; await Task.Delay(BetweenLooks, time, ct))
        {
            var found = await tips.TryReadAsync([.. write.IsFresh ? [] : new[] { write.Stream }, .. write.Requires.Select(required => required.Stream)], ct);
            // The tips cannot be read. The command can still be accepted, and the consumer judges it.
            if (found is null) return (null, false);

            var tip = found.GetValueOrDefault(write.Stream);
            var (first, keyIsTaken) = tip is null || record.KeyId is null ? (null, false) : await past.FindAsync(tip, record, ct);
            if (first is not null) return (new Reply.Decided(first, Replayed: true), false);
            var prediction = foresight.Of(tip, record, keyIsTaken);
            if (prediction?.Forbidden is { } forbidden) return (new Reply.NotSent(Problem.Of(forbidden)), false);

            // A command that is already done requires nothing.
            var requires = prediction is { IsDone: true } ? [] : write.Requires;
            var missing = prediction?.Missing is { } unknown
                ? Problem.Of(unknown)
                : requires.FirstOrDefault(required => required.Missing is not null && found.GetValueOrDefault(required.Stream) is null or { Version: 0 })?.Missing;
            if (missing is not null && time.GetElapsedTime(started) < UntilUnknown) continue;
            if ((missing ?? requires.Select(required => required.Judge(domain, found.GetValueOrDefault(required.Stream))).FirstOrDefault(problem => problem is not null)) is { } problem)
                return (new Reply.NotSent(problem), false);
            if (request.IfMatch is { Version: null } && tip is null or { Version: 0 })
                return (new Reply.NotSent(Problem.Of(CommonRefusals.VersionMismatch, "The resource does not exist yet, so no version can match.")), false);
            return (null, prediction is null or { IsRefused: true });
        }
    }

    /// <summary>Returns null if Kinesis has acknowledged the command.</summary>
    private async Task<Reply?> PutAsync(CommandRecord record, CancellationToken ct)
    {
        using var timeout = new CancellationTokenSource(PutTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, ct);
        try
        {
            await stream.PutAsync(record, either.Token);
            return null;
        }
        catch (CommandTooLargeException e)
        {
            return new Reply.NotSent(new Problem(StatusCodes.Status413PayloadTooLarge, "command_too_large", e.Message));
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            logger.LogError(e, "Kinesis did not acknowledge {Command} on {Stream}: it is in doubt.", record.CommandId, record.Stream);
            return new Reply.InDoubt(record);
        }
    }

    private CommandRecord RecordOf(WriteRequest request, Write write)
    {
        var now = time.GetUtcMilliseconds();
        Guid? keyId = request.Key is { } key ? CommandIds.OfKey(request.Caller.Issuer, request.Caller.Actor.Id, write.Stream, key) : null;
        var commandId = keyId is { } id ? CommandIds.OfRequest(id, request.Hash) : Guid.CreateVersion7(now);
        return new CommandRecord(commandId, keyId, write.Stream, write.Command, request.Caller.Actor, now, request.IfMatch?.Version, CorrelationId);
    }

    private static string? CorrelationId => Activity.Current?.TraceId.ToHexString();
}
