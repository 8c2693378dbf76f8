namespace ServerlessCqrs.EventStore.Writing;

/// <summary>Tells operators that commands wait for a newer release.</summary>
public interface IParkingMetric
{
    /// <summary>Records the number of newly parked commands.</summary>
    void Record(int commands);
}
