namespace ServerlessCqrs.Simulation.Services;

/// <summary>One shard: records in order, and the consumer that waits for more.</summary>
public sealed class SimShard(string id, uint from, uint to, IReadOnlyList<SimShard> parents)
{
    private readonly TaskCompletionSource _consumed = new();
    private TaskCompletionSource _more = new();

    public string Id => id;

    public uint From => from;

    public uint To => to;

    public List<SimRecord> Records { get; } = [];

    public bool IsOpen { get; private set; } = true;

    /// <summary>Completes when its consumer has reached its end.</summary>
    public Task Consumed => _consumed.Task;

    /// <summary>Completes when its parents are consumed.</summary>
    public Task ParentsConsumed => Task.WhenAll(parents.Select(parent => parent.Consumed));

    /// <summary>The position of its consumer.</summary>
    public int Position { get; set; }

    public bool Holds(uint hashKey) => hashKey >= from && hashKey < to;

    public void Append(SimRecord record)
    {
        Records.Add(record);
        Wake();
    }

    public void Close()
    {
        IsOpen = false;
        Wake();
    }

    public void End() => _consumed.TrySetResult();

    public Task More() => Records.Count > Position || !IsOpen ? Task.CompletedTask : _more.Task;

    private void Wake()
    {
        var more = _more;
        _more = new TaskCompletionSource();
        more.SetResult();
    }
}
