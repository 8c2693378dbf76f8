namespace ServerlessCqrs.Simulation.Scene;

/// <summary>
/// Which code an instance runs. The release before stores decision states in another shape, writes the version before of every event that has two, and has never heard of the newest version; nor of version 2 of a command, nor of a new command, that the newest
/// command service sends.
/// </summary>
public enum Release
{
    Before,
    Newest,
}
