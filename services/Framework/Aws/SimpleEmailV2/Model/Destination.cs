namespace Amazon.SimpleEmailV2.Model;

public sealed class Destination
{
    public List<string>? ToAddresses { get; set; }

    public List<string>? CcAddresses { get; set; }

    public List<string>? BccAddresses { get; set; }
}
