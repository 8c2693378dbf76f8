using ServerlessCqrs.EventStore.Following;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Projections.Building;

/// <summary>
/// Fills one read model from the log, or makes it again, while events flow into it: a fold is written over an item at or below its version, and gives way to a newer one. It goes through the streams of a category in order, may be stopped
/// anywhere, and goes on there. It writes to the tables of its read model alone, and its snapshots: nothing is published, so that no mail is sent and nothing is invalidated.
/// </summary>
/// <remarks>The read model's function must run before the build begins: then what happens meanwhile reaches the items as it does always, and what happened before is in the log.</remarks>
public sealed class ReadModelBuild(ReadModel model, IStreamIndex index, IEventHistory history, IBuildCheckpoints checkpoints, TimeProvider time)
{
    /// <summary>So many streams tell what is wrong; the rest is a number.</summary>
    public const int KeptStuck = 20;

    // ClickHouse reads 500 streams out of a million in some 150 ms; of long streams so many that their events fit in some 30 MB.
    private const int PageStreams = 500;

    private const int PageEvents = 50_000;

    // What is saved between two looks at the clock, where there is no limit.
    private const int LargestChunk = 100;

    /// <summary>How much may be done again after a kill.</summary>
    private static readonly TimeSpan BetweenCheckpoints = TimeSpan.FromSeconds(1);

    /// <summary>Builds all streams of the scope, going on where a build of that scope was stopped.</summary>
    /// <param name="writesPerSecond">The most items to write in a second, so that live traffic keeps its latency; null for no limit.</param>
    /// <exception cref="BuildStoppedException">A save failed. Run it again: it goes on.</exception>
    /// <exception cref="EventLogException">The log cannot be read. Run it again: it goes on.</exception>
    /// <exception cref="OperationCanceledException">Stopped. Run it again: it goes on.</exception>
    public async Task<BuildReport> RunAsync(BuildScope scope, double? writesPerSecond, Action<BuildProgress> progress, CancellationToken ct)
    {
        List<IProjector> followers = [.. model.Followers.Where(follower => scope.Category is null || follower.Category == scope.Category)];
        if (followers.Count == 0) throw new ArgumentException($"{model.Name} does not follow streams of category '{scope.Category}'.", nameof(scope));

        var name = NameOf(scope);
        var done = await checkpoints.FindAsync(name, ct);
        followers.RemoveRange(0, Math.Max(0, followers.FindIndex(follower => follower.Category == done?.Through.Category)));
        var run = new Run(name, done, new Pace(writesPerSecond, time), progress, time);
        foreach (var follower in followers) run.Expect(await index.CountAsync(RangeOf(follower, scope, run.Done), ct));
        try
        {
            foreach (var follower in followers) await BuildAsync(follower, scope, run, ct);
            if (scope.ChangedSince is null)
                foreach (var follower in followers) run.Strays += await follower.DeleteStrayEntriesAsync(stream: null, ct);
        }
        catch when (run.Done is not null)
        {
            await checkpoints.SaveAsync(name, run.Done!, CancellationToken.None);
            throw;
        }

        if (run.Report.StuckStreams == 0) await checkpoints.CompleteAsync(name, ct);
        else await checkpoints.DeleteAsync(name, ct);
        return run.Report;
    }

    /// <summary>Builds one stream's item, whatever is stored. A stream without events in the log is left as it is.</summary>
    /// <exception cref="BuildStoppedException">A save failed.</exception>
    public async Task<BuildReport> RunAsync(StreamId stream, CancellationToken ct)
    {
        var follower = model.Of(stream.Category) ?? throw new ArgumentException($"{model.Name} does not follow streams of category '{stream.Category}'.", nameof(stream));
        var run = new Run(stream.ToString(), null, new Pace(null, time), _ => { }, time);
        await SaveAsync(follower, [.. (await ReadAsync([stream], ct)).Take(1)], run, ct);
        run.Strays += await follower.DeleteStrayEntriesAsync(stream, ct);
        return run.Report;
    }

    /// <summary>Forgets where a build of that scope was stopped, and that one was complete: the next one begins anew.</summary>
    public Task RestartAsync(BuildScope scope, CancellationToken ct) => checkpoints.DeleteAsync(NameOf(scope), ct);

    /// <summary>Whether a build of that scope ended without a stream that was stuck, and none was stopped since.</summary>
    public Task<bool> IsCompleteAsync(BuildScope scope, CancellationToken ct) => checkpoints.IsCompleteAsync(NameOf(scope), ct);

    private string NameOf(BuildScope scope) => $"{model.Name} {scope}";

    private async Task BuildAsync(IProjector follower, BuildScope scope, Run run, CancellationToken ct)
    {
        var next = await ReadPageAsync(RangeOf(follower, scope, run.Done), ct);
        while (next.Count > 0)
        {
            // The next page is read while this one is written.
            var page = next;
            var reading = ReadPageAsync(RangeOf(follower, scope, new BuildCheckpoint(page[^1].Stream, 0, 0)), ct);
            try
            {
                foreach (var chunk in page.Chunk(run.Pace.Chunk(LargestChunk)))
                {
                    await run.Pace.WaitAsync(chunk.Length, ct);
                    await SaveAsync(follower, chunk, run, ct);
                    if (run.IsCheckpointDue(BetweenCheckpoints)) await checkpoints.SaveAsync(run.Name, run.Done!, ct);
                }
            }
            finally
            {
                // Not left to itself, whatever has happened here.
                await Task.WhenAny(reading);
            }

            await checkpoints.SaveAsync(run.Name, run.Done!, ct);
            next = await reading;
        }
    }

    private async Task<IReadOnlyList<StreamBatch>> ReadPageAsync(StreamRange range, CancellationToken ct)
    {
        var (page, events) = (new List<StreamId>(), 0L);
        foreach (var (stream, version) in await index.ListAsync(range, PageStreams, ct))
        {
            events += version;
            if (page.Count > 0 && events > PageEvents) break;
            page.Add(stream);
        }

        return await ReadAsync(page, ct);
    }

    private async Task<IReadOnlyList<StreamBatch>> ReadAsync(List<StreamId> streams, CancellationToken ct)
    {
        var histories = await history.ReadStreamsAsync(streams, HistoryBounds.Everything, ct);
        return [.. streams.Where(histories.ContainsKey).Select(stream => new StreamBatch(stream, histories[stream], []))];
    }

    private async Task SaveAsync(IProjector follower, IReadOnlyCollection<StreamBatch> chunk, Run run, CancellationToken ct)
    {
        var results = await follower.RebuildAsync(chunk, ct);
        if (results.FirstOrDefault(result => result.Error is not null && !result.IsStuck) is { } failed) throw new BuildStoppedException(model.Name, failed.Stream, failed.Error!);
        run.Add(chunk, results);
    }

    /// <summary>What is left of a follower's streams.</summary>
    private static StreamRange RangeOf(IProjector follower, BuildScope scope, BuildCheckpoint? done) =>
        new(follower.Category, done?.Through.Category == follower.Category ? done.Through : null, scope.ChangedSince);

    /// <summary>One run: from its beginning, or from where another was stopped.</summary>
    private sealed class Run(string name, BuildCheckpoint? done, Pace pace, Action<BuildProgress> progress, TimeProvider time)
    {
        private readonly long _began = time.GetTimestamp();
        private readonly List<(StreamId Stream, string Reason)> _stuck = [];
        private long _checkpointAt = time.GetTimestamp();
        private (long Streams, long Events) _expected, _done;
        private long _ahead, _stuckStreams;

        public string Name => name;

        public Pace Pace => pace;

        public long Strays { get; set; }

        /// <summary>Null before the first stream is done.</summary>
        public BuildCheckpoint? Done { get; private set; } = done;

        public BuildReport Report => new(_done.Streams, _done.Events, _ahead, _stuckStreams, _stuck, time.GetElapsedTime(_began)) { Strays = Strays };

        public void Expect((long Streams, long Events) more) => _expected = (_expected.Streams + more.Streams, _expected.Events + more.Events);

        public bool IsCheckpointDue(TimeSpan span)
        {
            if (time.GetElapsedTime(_checkpointAt) < span) return false;
            _checkpointAt = time.GetTimestamp();
            return true;
        }

        public void Add(IReadOnlyCollection<StreamBatch> chunk, IReadOnlyCollection<Projected> results)
        {
            if (chunk.Count == 0) return;
            var events = chunk.Sum(batch => (long)batch.Events.Count);
            _done = (_done.Streams + chunk.Count, _done.Events + events);
            Done = new BuildCheckpoint(chunk.Last().Stream, (Done?.Streams ?? 0) + chunk.Count, (Done?.Events ?? 0) + events);
            var versions = chunk.ToDictionary(batch => batch.Stream, batch => batch.Version);
            _ahead += results.Count(result => result.Error is null && result.Version > versions[result.Stream]);
            foreach (var result in results.Where(result => result.IsStuck))
                if (++_stuckStreams <= KeptStuck) _stuck.Add((result.Stream, $"{result.Error!.GetType().Name}: {result.Error.Message}"));

            var before = (Streams: Done.Streams - _done.Streams, Events: Done.Events - _done.Events);
            var seconds = time.GetElapsedTime(_began).TotalSeconds;
            progress(new BuildProgress(
                Done.Streams,
                Done.Events,
                before.Streams + _expected.Streams,
                before.Events + _expected.Events,
                seconds > 0 ? _done.Streams / seconds : 0,
                seconds > 0 ? _done.Events / seconds : 0,
                _done.Streams > 0 && seconds > 0 ? TimeSpan.FromSeconds(Math.Max(0, _expected.Streams - _done.Streams) * seconds / _done.Streams) : null));
        }
    }

    /// <summary>Lets so many writes a second through, evenly.</summary>
    private sealed class Pace(double? perSecond, TimeProvider time)
    {
        // A tenth of a second at a time: a larger burst would be felt by who writes beside it.
        private const int StepsPerSecond = 10;

        private readonly long _began = time.GetTimestamp();
        private double _granted;

        public int Chunk(int largest) => perSecond is { } rate ? Math.Clamp((int)(rate / StepsPerSecond), 1, largest) : largest;

        /// <summary>Returns when so many more may be written.</summary>
        public async Task WaitAsync(int writes, CancellationToken ct)
        {
            ct.ThrowIfCancellationRequested();
            if (perSecond is not { } rate) return;
            var wait = TimeSpan.FromSeconds(_granted / rate) - time.GetElapsedTime(_began);
            if (wait > TimeSpan.Zero) await Task.Delay(wait, time, ct);

            // What was not used is lost: after a pause there is no burst.
            _granted = Math.Max(_granted, time.GetElapsedTime(_began).TotalSeconds * rate) + writes;
        }
    }
}

/// <summary>A build met a failure of a store. It goes on where it stopped when it is run again.</summary>
public sealed class BuildStoppedException(string model, StreamId stream, Exception reason)
    : Exception($"The build of {model} stopped at {stream}: {reason.Message}", reason);
