namespace ServerlessCqrs.Simulation.Scene;

/// <summary>
/// The release that an instance runs. The previous release stores decision states in another shape, and writes the
/// earlier version of every event with two versions. It does not know the latest version of an event, version 2 of a
/// command, or a new command, which the latest command service sends.
/// </summary>
public enum Release
{
    Before,
    Newest,
}
