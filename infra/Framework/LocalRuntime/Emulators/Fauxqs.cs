using ServerlessCqrs.LocalRuntime.Processes;

namespace ServerlessCqrs.LocalRuntime.Emulators;

/// <summary>
/// SNS and SQS, in memory. A restart loses topics, queues and messages, so the stack creates them again and sends
/// hints.
/// </summary>
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
