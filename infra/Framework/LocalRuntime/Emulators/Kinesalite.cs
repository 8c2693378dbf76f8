using ServerlessCqrs.LocalRuntime.Processes;

namespace ServerlessCqrs.LocalRuntime.Emulators;

/// <summary>Kinesis, on disk (LevelDB).</summary>
public static class Kinesalite
{
    public const string Name = "kinesis";

    public static ProcessSpec Spec(EmulatorPlace place) => place.Node(Name,
        place.Package("kinesalite", "cli.js"),
        "--port", place.PortText,
        "--path", place.Folder(Name),
        "--createStreamMs", "0",
        "--deleteStreamMs", "0",
        "--updateStreamMs", "0",
        "--shardLimit", "100");
}
