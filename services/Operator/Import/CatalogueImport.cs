using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Sending;
using ServerlessCqrs.EventStore.Tips;
using ServerlessCqrs.ReadModels;
using ServerlessCqrs.Shop;

namespace ServerlessCqrs.Operator.Import;

/// <summary>
/// Puts a catalogue's products on the command stream and waits for what becomes of them. It may be stopped anywhere and started again: what has an outcome is not sent again, and what was sent without one is the same
/// command when it is sent again, so that it still acts once.
/// </summary>
public sealed class CatalogueImport(IStreamTips tips, IEventLog log, ICommandStream stream, IReadModelVersions items, TimeProvider time)
{
    /// <summary>What PutRecords takes at most, and five reads of tips.</summary>
    private const int Chunk = 500;

    // One read; more would only take from those who do the work.
    private const int Window = 100;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly Endings _endings = new(tips, log);

    /// <summary>Runs to the end: every product has an outcome and, where that is wanted, is visible to readers.</summary>
    /// <param name="patience">How long nothing at all may happen.</param>
    /// <exception cref="OperatorException">Nothing happened for so long; the message names what is stuck.</exception>
    public async Task<ImportReport> RunAsync(IEnumerable<CatalogueProduct> products, Actor seller, bool waitVisible, TimeSpan patience, Action<ImportProgress> progress, CancellationToken ct)
    {
        var run = new Run(new ImportReport(), progress, time, patience);
        var seen = new HashSet<Guid>();
        foreach (var chunk in products.Chunk(Chunk))
        {
            await SendAsync([.. chunk.Select(product => product.ToRecord(seller, time.GetUtcNow()))], seen, run, ct);
            await LookAsync(run, waitVisible, ct);
        }

        while (run.Undecided.Count > 0 || waitVisible && run.Invisible.Count > 0)
        {
            if (await LookAsync(run, waitVisible, ct)) continue;
            run.MustNotBeStuck();
            await Task.Delay(Pause, time, ct);
        }

        return run.Report;
    }

    private async Task SendAsync(List<CommandRecord> commands, HashSet<Guid> seen, Run run, CancellationToken ct)
    {
        var known = await _endings.FindAsync(commands, ct);
        List<CommandRecord> fresh = [];
        foreach (var command in commands)
        {
            // Twice in the file is once: the second one is there already when the first one is.
            if (!seen.Add(command.CommandId)) run.Decided(command, new Ending(CommandStatus.Unchanged, 0, null, null), here: false);
            else if (known.TryGetValue(command.CommandId, out var ending)) run.Decided(command, ending, here: false);
            else fresh.Add(command);
        }

        if (fresh.Count == 0) return;
        await stream.PutAsync(fresh, ct);
        run.Sent(fresh);
    }

    /// <summary>Looks at the oldest of what is waited for. Whether all of it had come, so that there may be more.</summary>
    private async Task<bool> LookAsync(Run run, bool waitVisible, CancellationToken ct)
    {
        var decided = await LookForOutcomesAsync(run, ct);
        var visible = waitVisible && await LookForItemsAsync(run, ct);
        return decided || visible;
    }

    private Task<bool> LookForOutcomesAsync(Run run, CancellationToken ct) => run.Undecided.LookAsync(async window =>
    {
        var found = await _endings.FindAsync(window, ct);
        foreach (var command in window)
            if (found.TryGetValue(command.CommandId, out var ending)) run.Decided(command, ending, here: true);
        return command => found.ContainsKey(command.CommandId);
    });

    private Task<bool> LookForItemsAsync(Run run, CancellationToken ct) => run.Invisible.LookAsync(async window =>
    {
        var versions = await items.LoadVersionsAsync([.. window.Select(item => item.Stream).Distinct()], ct);
        var visible = window.Where(item => versions.GetValueOrDefault(item.Stream) >= item.Version).ToHashSet();
        run.Seen(window.Count(visible.Contains));
        return visible.Contains;
    });

    /// <summary>One run's books.</summary>
    private sealed class Run(ImportReport report, Action<ImportProgress> progress, TimeProvider time, TimeSpan patience)
    {
        private const int Named = 5;

        private long _moved = time.GetTimestamp();
        private int _decided;
        private int _visible;

        public ImportReport Report => report;

        public WaitingList<CommandRecord> Undecided { get; } = new(Window);

        public WaitingList<(StreamId Stream, long Version)> Invisible { get; } = new(Window);

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
            if (ending.Status == CommandStatus.Refused) _visible++;
            else Invisible.Add((command.Stream, ending.Version));
            Moved();
        }

        public void Seen(int count)
        {
            if (count == 0) return;
            _visible += count;
            Moved();
        }

        public void MustNotBeStuck()
        {
            if (time.GetElapsedTime(_moved) < patience) return;
            var (streams, lack, advice) = Undecided.Count > 0
                ? (Undecided.All.Select(command => command.Stream).ToList(), "no outcome", "Does CommandsToEvents run? Its log says what it waits for.")
                : (Invisible.All.Select(item => item.Stream).ToList(), "no item in the read model", "Does EventsToReadModels run? Its log and its dead letters say what it cannot do.");
            var names = string.Join(", ", streams.Take(Named)) + (streams.Count > Named ? ", …" : "");
            throw new OperatorException($"{streams.Count:N0} products have {lack}, and for {patience.TotalSeconds:0} s none got one: {names}. {advice} The same import, given again, goes on from here.");
        }

        private void Moved()
        {
            _moved = time.GetTimestamp();
            progress(new ImportProgress(_decided, _visible));
        }
    }
}
