using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Operating.Recovery;

/// <summary>What a recovery found and did, updated while it runs. It keeps the first streams of each kind.</summary>
internal sealed class RecoveryReport
{
    /// <summary>The streams kept as examples of a kind; the others are only counted.</summary>
    public const int KeptPerKind = 20;

    private readonly Dictionary<StreamCondition, List<StreamDiagnosis>> _kept = [];
    private readonly Dictionary<StreamCondition, int> _totals = [];

    public int Streams { get; private set; }

    /// <summary>The number of command stream records that were read.</summary>
    public int Records { get; set; }

    /// <summary>The number of unreadable records whose refusal the log had lost.</summary>
    public int Unreadable { get; set; }

    /// <summary>The number of tips that were rebuilt from the log.</summary>
    public int Tips { get; private set; }

    /// <summary>The number of commands that the consumer decides again.</summary>
    public int Commands { get; private set; }

    /// <summary>
    /// Streams that lose versions because the command stream no longer has their commands, with the lost range.
    /// </summary>
    public List<(StreamId Stream, long From, long To)> Lost { get; } = [];

    /// <summary>Streams that the recovery did not change, and why.</summary>
    public List<(StreamId Stream, string Why)> Failed { get; } = [];

    public bool IsClean => Failed.Count == 0 && Lost.Count == 0;

    public bool HasWork => Tips + Unreadable + Of(StreamCondition.LogIncomplete) > 0;

    public int Of(StreamCondition condition) => _totals.GetValueOrDefault(condition);

    public IReadOnlyList<StreamDiagnosis> KeptOf(StreamCondition condition) => _kept.GetValueOrDefault(condition) ?? [];

    public void Add(IReadOnlyList<StreamDiagnosis> diagnoses)
    {
        Streams += diagnoses.Count;
        foreach (var one in diagnoses.Where(one => one.Condition != StreamCondition.Whole))
        {
            if (!_kept.TryGetValue(one.Condition, out var kept)) _kept.Add(one.Condition, kept = []);
            if (kept.Count < KeptPerKind) kept.Add(one with { Events = [], Outcomes = [], Tip = null });
            _totals[one.Condition] = _totals.GetValueOrDefault(one.Condition) + 1;
            if (one.Condition == StreamCondition.Contradicted) Fail(one.Stream, one.Says!);
        }
    }

    public void Mend(StreamDiagnosis diagnosis, int commands)
    {
        Tips++;
        Commands += commands;
        // One command can produce several versions, so fewer commands than versions do not prove a loss.
        if (diagnosis.Lost > 0 && commands == 0) Lost.Add((diagnosis.Stream, diagnosis.Events.Count + 1, diagnosis.Tip!.Version));
    }

    public void Fail(StreamId stream, string why) => Failed.Add((stream, why));
}
