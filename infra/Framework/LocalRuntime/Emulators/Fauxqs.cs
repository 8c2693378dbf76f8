using ServerlessCqrs.LocalRuntime.Processes;

namespace ServerlessCqrs.LocalRuntime.Emulators;

/// <summary>SNS and SQS, in memory: a restart forgets topics, queues and messages, so its owner creates them again and hints what is behind.</summary>
public static class Fauxqs
{
    public const string Name = "sns-sqs";

    // Its own start script always logs every request.
    private const string Script = "import { startFauxqs } from 'fauxqs'; await startFauxqs({ port: Number(process.env.FAUXQS_PORT), logger: false });";

    public static ProcessSpec Spec(EmulatorPlace place) =>
        place.Node(Name, "--input-type=module", "--eval", Script) with
        {
            Environment = new Dictionary<string, string?> { ["FAUXQS_PORT"] = place.PortText },
        };
}
