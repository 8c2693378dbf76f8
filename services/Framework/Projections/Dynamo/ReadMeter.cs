using Amazon.DynamoDBv2.Model;

namespace ServerlessCqrs.Projections.Dynamo;

/// <summary>Counts the read units of one query, which determine its cost. Thread-safe.</summary>
public sealed class ReadMeter
{
    private readonly Lock _lock = new();
    private double _units;

    public double Units
    {
        get
        {
            lock (_lock) return _units;
        }
    }

    public void Add(ConsumedCapacity? consumed)
    {
        lock (_lock) _units += consumed?.CapacityUnits ?? 0;
    }
}
