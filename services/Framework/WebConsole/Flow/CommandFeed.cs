using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.WebConsole.Flow;

/// <summary>Follows the audit trail, and counts the messages on each way of the map. Not thread-safe.</summary>
internal sealed class CommandFeed(FlowMap map, FlowParts parts, TimeProvider time)
{
    private const int Shown = 12;

    /// <summary>The most commands in one read. The rates do not count the others.</summary>
    private const int PageSize = 2_000;

    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    /// <summary>Reads overlap: consumers' clocks differ, and an insert is visible later than its time.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(5);

    private readonly Dictionary<Guid, DateTimeOffset> _seen = [];
    private readonly List<(DateTimeOffset At, CommandOutcome Outcome)> _window = [];
    private readonly FlowEdge[] _wayIn = [.. FlowMap.WayIn(map, parts)];
    private readonly Dictionary<string, FlowEdge[]> _waysOut = [];
    private DateTimeOffset? _newest;
    private DateTimeOffset _readAt;

    public IReadOnlyList<DecidedCommand> Recent { get; private set; } = [];

    public CommandRate Rate { get; private set; } = new(0, 0, 0);

    public IReadOnlyDictionary<string, int> Pulses { get; private set; } = new Dictionary<string, int>();

    public IReadOnlyDictionary<string, double> Rates { get; private set; } = new Dictionary<string, double>();

    public async Task ReadAsync(IAuditTrail trail, WireContracts events, CancellationToken ct)
    {
        Pulses = new Dictionary<string, int>();
        // Nobody reads while no page is open.
        var isFirst = time.GetUtcNow() - _readAt > Window;
        var page = await trail.ReadAsync(new TrailQuery(From: _newest - Overlap), after: null, newestFirst: true, isFirst ? Shown : PageSize, ct);
        var now = _readAt = time.GetUtcNow();
        CommandOutcome[] fresh = [.. page.Where(outcome => _seen.TryAdd(outcome.CommandId, outcome.At))];
        _newest = page.Select(outcome => outcome.At).Append(_newest ?? now - Window).Max();
        Recent = [.. fresh.Select(outcome => DecidedCommand.Of(outcome, WayOf(outcome, events))).Concat(Recent).OrderByDescending(command => command.At).Take(Shown)];
        // The first read has commands of the past: nothing of it moves now.
        if (!isFirst) _window.AddRange(fresh.Select(outcome => (now, outcome)));
        Forget(now);
        Pulses = CountWays(isFirst ? [] : fresh, events);
        Rates = CountWays(_window.Select(one => one.Outcome), events).ToDictionary(way => way.Key, way => way.Value / Window.TotalSeconds);
        Rate = new CommandRate(PerSecond(_ => true), PerSecond(outcome => outcome.Status == CommandStatus.Applied), PerSecond(outcome => outcome.Status == CommandStatus.Refused));
    }

    private IReadOnlyList<string> WayOf(CommandOutcome outcome, WireContracts events) =>
        [.. _wayIn.Concat(outcome.Events.SelectMany(name => WayOut(events, name))).Select(edge => edge.Id).Distinct()];

    private double PerSecond(Func<CommandOutcome, bool> counts) => _window.Count(one => counts(one.Outcome)) / Window.TotalSeconds;

    private void Forget(DateTimeOffset now)
    {
        _window.RemoveAll(one => one.At < now - Window);
        foreach (var (command, at) in _seen)
            if (at < _newest - 2 * Overlap) _seen.Remove(command);
    }

    private Dictionary<string, int> CountWays(IEnumerable<CommandOutcome> outcomes, WireContracts events)
    {
        var counts = new Dictionary<string, int>();
        foreach (var outcome in outcomes)
        {
            Add(_wayIn);
            foreach (var name in outcome.Events) Add(WayOut(events, name));
        }

        return counts;

        void Add(FlowEdge[] way)
        {
            foreach (var edge in way) counts[edge.Id] = counts.GetValueOrDefault(edge.Id) + 1;
        }
    }

    private FlowEdge[] WayOut(WireContracts events, string name)
    {
        if (_waysOut.TryGetValue(name, out var way)) return way;
        var tags = events.NewestTypes.Select(events.NameOf).FirstOrDefault(known => known.Name == name)?.Tags ?? [];
        return _waysOut[name] = [.. FlowMap.WayOut(map, parts, [.. tags])];
    }
}
