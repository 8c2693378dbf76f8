using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Sending;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.Operating;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Operator.Import;

/// <summary>
/// Sends commands to the command stream, one per stream, and waits for their outcomes. It can be stopped and restarted
/// at any time. A restart skips commands that have an outcome. It resends the others with the same ids, so each acts
/// once.
/// </summary>
public sealed class Importer(IStreamTips tips, IEventLog log, ICommandStream stream, TimeProvider time)
{
    /// <summary>PutRecords' maximum, and five reads of tips.</summary>
    private const int Chunk = 500;

    // One read of tips. Larger windows would take capacity from the write path.
    private const int Window = 100;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly Endings _endings = new(tips, log);

    /// <summary>Runs until every command has an outcome and, if <paramref name="sequel"/> is set, its effect.</summary>
    /// <param name="commands">The commands, created lazily.</param>
    /// <param name="patience">The longest time without any progress.</param>
    /// <exception cref="OperatorException">There was no progress for <paramref name="patience"/>; the message names the
    /// stuck streams.</exception>
    public async Task<ImportReport> RunAsync(IAsyncEnumerable<CommandRecord> commands, ISequel? sequel, TimeSpan patience, Action<ImportProgress> progress, CancellationToken ct)
    {
        var run = new Run(new ImportReport(), sequel, progress, time, patience);
        var seen = new HashSet<Guid>();
        await foreach (var chunk in commands.Chunk(Chunk).WithCancellation(ct))
        {
            await SendAsync(chunk, seen, run, ct);
            await LookAsync(run, ct);
        }

        while (run.Undecided.Count + run.Unfollowed.Count > 0)
        {
            if (await LookAsync(run, ct)) continue;
            run.MustNotBeStuck();
            await Task.Delay(Pause, time, ct);
        }

        return run.Report;
    }

    private async Task SendAsync(IReadOnlyCollection<CommandRecord> commands, HashSet<Guid> seen, Run run, CancellationToken ct)
    {
        var known = await _endings.FindAsync(commands, ct);
        List<CommandRecord> fresh = [];
        foreach (var command in commands)
        {
            // The file contains the command twice. The second copy changes nothing once the first one is applied.
            if (!seen.Add(command.CommandId)) run.Decided(command, new Ending(CommandStatus.Unchanged, 0, null, null), here: false);
            else if (known.TryGetValue(command.CommandId, out var ending)) run.Decided(command, ending, here: false);
            else fresh.Add(command);
        }

        if (fresh.Count == 0) return;
        await stream.PutAsync(fresh, ct);
        run.Sent(fresh);
    }

    /// <summary>Checks the oldest waiting commands. True if all of a window were done, so that more may be.</summary>
    private async Task<bool> LookAsync(Run run, CancellationToken ct)
    {
        var decided = await run.Undecided.LookAsync(async window =>
        {
            var found = await _endings.FindAsync(window, ct);
            foreach (var command in window)
                if (found.TryGetValue(command.CommandId, out var ending)) run.Decided(command, ending, here: true);
            return command => found.ContainsKey(command.CommandId);
        });
        var followed = await run.Unfollowed.LookAsync(async window =>
        {
            var come = await run.Sequel!.FindAsync(window, ct);
            run.Followed(window.Count(item => come.Contains(item.Stream)));
            return item => come.Contains(item.Stream);
        });
        return decided || followed;
    }

    /// <summary>The state of one run.</summary>
    private sealed class Run(ImportReport report, ISequel? sequel, Action<ImportProgress> progress, TimeProvider time, TimeSpan patience)
    {
        private const int Named = 5;

        private long _moved = time.GetTimestamp();
        private int _decided;
        private int _followed;

        public ImportReport Report => report;

        public ISequel? Sequel => sequel;

        public WaitingList<CommandRecord> Undecided { get; } = new(Window);

        /// <summary>Commands that were not refused and wait for their effect.</summary>
        public WaitingList<(StreamId Stream, long Version)> Unfollowed { get; } = new(Window);

        public void Sent(IReadOnlyCollection<CommandRecord> commands)
        {
            report.Sent += commands.Count;
            foreach (var command in commands) Undecided.Add(command);
            Moved();
        }

        public void Decided(CommandRecord command, Ending ending, bool here)
        {
            report.Add(command, ending, here);
            _decided++;
            if (ending.Status == CommandStatus.Refused || sequel is null) _followed++;
            else Unfollowed.Add((command.Stream, ending.Version));
            Moved();
        }

        public void Followed(int count)
        {
            if (count == 0) return;
            _followed += count;
            Moved();
        }

        public void MustNotBeStuck()
        {
            if (time.GetElapsedTime(_moved) < patience) return;
            var (streams, lack, advice) = Undecided.Count > 0
                ? (Undecided.All.Select(command => command.Stream).ToList(), "no outcome", "Does CommandsToEvents run? Its log says what it waits for.")
                : (Unfollowed.All.Select(item => item.Stream).ToList(), sequel!.Lack, sequel.Advice);
            var names = string.Join(", ", streams.Take(Named)) + (streams.Count > Named ? ", …" : "");
            throw new OperatorException($"{streams.Count:N0} streams have {lack}, and for {patience.TotalSeconds:0} s none got one: {names}. {advice} Run the same import again to resume.");
        }

        private void Moved()
        {
            _moved = time.GetTimestamp();
            progress(new ImportProgress(_decided, _followed));
        }
    }
}
