namespace ServerlessCqrs.Lambda.Specs;

/// <summary>The events of the AWS documentation, unchanged.</summary>
internal static class Golden
{
    public static byte[] Kinesis => Read("kinesis");

    public static byte[] Sqs => Read("sqs");

    public static byte[] Scheduled => Read("scheduled");

    public static byte[] HttpApi => Read("http-api");

    private static byte[] Read(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Events", name + ".json"));
}
