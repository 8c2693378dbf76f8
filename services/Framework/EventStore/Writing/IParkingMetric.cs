namespace ServerlessCqrs.EventStore.Writing;

/// <summary>Tells operators that commands wait for newer code.</summary>
public interface IParkingMetric
{
    /// <summary>So many more commands were parked.</summary>
    void Record(int commands);
}
