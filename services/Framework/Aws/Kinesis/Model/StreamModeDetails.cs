namespace Amazon.Kinesis.Model;

public sealed class StreamModeDetails
{
    public StreamMode? StreamMode { get; set; }
}
