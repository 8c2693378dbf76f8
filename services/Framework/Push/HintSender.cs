using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;
using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.EventStore.Publishing;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Push;

/// <summary>
/// Sends hints of changed streams to their watchers. A stream sends at most one hint a second, for any number of instances
/// and duplicates, with its newest version. A version that must wait comes back in a message of its own.
/// <para>
/// A closed socket is forgotten. A socket whose post fails is tried again in its stream's next round. After
/// <see cref="PushLimits.Failures"/> failures it is closed, so that its client connects and catches up. Neither fails or
/// delays others.
/// </para>
/// </summary>
public sealed partial class HintSender(
    IWatchers watchers,
    IConnections connections,
    ISockets sockets,
    IDelayedHints delayed,
    TimeProvider clock,
    ILogger<HintSender> logger)
{
    private static readonly IReadOnlyDictionary<StreamId, Exception> None = new Dictionary<StreamId, Exception>();

    /// <summary>Returns the errors of the streams whose watchers could not be read or hinted.</summary>
    /// <param name="isRepeated">True if an instance may have died while it handled these events.</param>
    public async Task<IReadOnlyDictionary<StreamId, Exception>> SendAsync(IReadOnlyList<StreamBatch> streams, bool isRepeated, CancellationToken ct)
    {
        var watched = await watchers.FindWatchedAsync([.. streams.Select(batch => batch.Stream)], ct);
        if (watched.Count == 0) return None;

        using var round = new Round(clock.GetUtcNow() + PushLimits.RoundTime);
        await Parallel.ForEachAsync(
            streams.Where(batch => watched.ContainsKey(batch.Stream)),
            new ParallelOptions { MaxDegreeOfParallelism = PushLimits.StreamsAtOnce, TaskScheduler = TaskScheduler.Current, CancellationToken = ct },
            async (batch, token) =>
            {
                try
                {
                    await HintAsync(batch.Stream, batch.Version, watched[batch.Stream], isRepeated, round, token);
                }
                catch (Exception e) when (!token.IsCancellationRequested)
                {
                    round.Errors[batch.Stream] = e;
                }
            });

        await ForgetAsync(round, ct);
        if (!round.Later.IsEmpty) await delayed.PutAsync([.. round.Later], ct);
        return round.Errors;
    }

    /// <summary>The bytes of a hint: <c>{"stream":"…","version":8}</c>. A stream's id needs no escapes.</summary>
    internal static byte[] Message(StreamId stream, long version) =>
        Encoding.UTF8.GetBytes($"{{\"stream\":\"{stream}\",\"version\":{version.ToString(CultureInfo.InvariantCulture)}}}");

    private async Task HintAsync(StreamId stream, long version, string mark, bool isRepeated, Round round, CancellationToken ct)
    {
        var claim = await watchers.ClaimAsync(stream, version, isRepeated, ct);
        if (claim is Claim.Later) round.Later.Add(new StreamHint(stream, version));
        if (claim is not Claim.Granted granted) return;

        var (end, count) = (RoundEnd.Incomplete, 0);
        try
        {
            var message = Message(stream, version);
            var results = new ConcurrentBag<RoundEnd>();
            await foreach (var page in watchers.ReadAsync(stream, ct))
            {
                count += page.Count;
                await Task.WhenAll(page
                    .Where(watcher => !granted.OnlyFailed || watcher.Failures > 0)
                    .Select(async watcher => results.Add(await PostAsync(stream, watcher, message, round, ct))));
            }

            end = results.DefaultIfEmpty(RoundEnd.Complete).Max();
        }
        finally
        {
            // Also when the time is up: otherwise the stream waits for the end of the lease.
            await watchers.EndAsync(granted, end, CancellationToken.None);
        }

        if (end != RoundEnd.Complete) round.Later.Add(new StreamHint(stream, version));
        else if (count == 0) await watchers.UnmarkAsync(stream, mark, ct);
    }

    private async Task<RoundEnd> PostAsync(StreamId stream, Watcher watcher, byte[] message, Round round, CancellationToken ct)
    {
        await round.Posts.WaitAsync(ct);
        Post post;
        try
        {
            if (round.Gone.ContainsKey(watcher.Connection)) return RoundEnd.Complete;
            if (clock.GetUtcNow() >= round.Until) return RoundEnd.Incomplete;
            // A socket that fails once in a round costs its time once.
            post = round.Broken.ContainsKey(watcher.Connection) ? Post.Failed : await sockets.PostAsync(watcher.Connection, message, ct);
        }
        finally
        {
            round.Posts.Release();
        }

        switch (post)
        {
            case Post.Delivered:
                if (watcher.Failures > 0) await watchers.ForgetFailuresAsync(stream, watcher.Connection, ct);
                return RoundEnd.Complete;
            case Post.Gone:
                round.Gone[watcher.Connection] = (stream, IsOpen: false);
                return RoundEnd.Complete;
            case Post.Failed when watcher.Failures + 1 >= PushLimits.Failures:
                round.Gone[watcher.Connection] = (stream, IsOpen: true);
                return RoundEnd.Complete;
            default:
                round.Broken[watcher.Connection] = true;
                await watchers.CountFailureAsync(stream, watcher.Connection, ct);
                return RoundEnd.SomeFailed;
        }
    }

    private async Task ForgetAsync(Round round, CancellationToken ct)
    {
        foreach (var (connection, (stream, isOpen)) in round.Gone)
        {
            try
            {
                if (isOpen)
                {
                    LogClosed(connection, PushLimits.Failures);
                    await sockets.CloseAsync(connection, ct);
                }

                await connections.ForgetAsync(connection, stream, ct);
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                // The next hint finds it closed again, and its items expire.
                LogNotForgotten(connection, e.Message);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Connection {Connection} failed {Failures} times in a row and is closed.")]
    private partial void LogClosed(string connection, int failures);

    [LoggerMessage(2, LogLevel.Warning, "Connection {Connection} is gone, and its items could not be deleted: {Reason}")]
    private partial void LogNotForgotten(string connection, string reason);

    /// <summary>The state that all streams of one call share.</summary>
    private sealed class Round(DateTimeOffset until) : IDisposable
    {
        /// <summary>No post begins after this time.</summary>
        public DateTimeOffset Until => until;

        public SemaphoreSlim Posts { get; } = new(PushLimits.PostsAtOnce);

        public ConcurrentBag<StreamHint> Later { get; } = [];

        public ConcurrentDictionary<StreamId, Exception> Errors { get; } = [];

        /// <summary>Sockets to forget, each with a stream that it watched. Some are still open.</summary>
        public ConcurrentDictionary<string, (StreamId Stream, bool IsOpen)> Gone { get; } = [];

        /// <summary>Sockets that failed in this call.</summary>
        public ConcurrentDictionary<string, bool> Broken { get; } = [];

        public void Dispose() => Posts.Dispose();
    }
}
