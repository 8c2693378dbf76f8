using System.Globalization;
using System.Text.RegularExpressions;

namespace ServerlessCqrs.Deployment.Specs.Given;

/// <summary>
/// What makes an instance come up by itself, tell when it does not, and stay so: each rule names the instances that
/// break it, and why.
/// </summary>
public static partial class MachineRules
{
    private static readonly (string Check, string Action)[] StatusChecks =
    [
        ("StatusCheckFailed_System", ":ec2:recover"),
        ("StatusCheckFailed_Instance", ":ec2:reboot"),
    ];

    private static readonly string[] Reports = ["NodeDown", "NodeDataDisk", "NodeRootDisk", "NodeBackupAge"];

    private static readonly string[] PackagedLogs =
    [
        "asynchronous_metric_log", "error_log", "latency_log", "metric_log", "part_log", "processors_profile_log",
        "query_log", "query_metric_log", "query_thread_log", "query_views_log", "text_log", "trace_log",
    ];

    /// <summary>Of Graviton's small sizes (EC2 Instance Types guide).</summary>
    private static readonly Dictionary<string, int> MemoryMib = new()
    {
        ["t4g.nano"] = 512,
        ["t4g.micro"] = 1024,
        ["t4g.small"] = 2048,
        ["t4g.medium"] = 4096,
        ["t4g.large"] = 8192,
        ["t4g.xlarge"] = 16384,
        ["r8g.xlarge"] = 32768,
    };

    /// <summary>
    /// An instance starts after its subnet's route and what that leads to; otherwise its script runs before there is a
    /// way.
    /// </summary>
    public static IEnumerable<string> Unordered(Cloud cloud)
    {
        var map = new NetworkMap(cloud);
        return
            from instance in Scripted(cloud)
            let subnet = map.SubnetOf(instance)
            let route = map.DefaultRouteOf(subnet)
            let needs = cloud.AllNeeds(instance)
            from needed in new[] { map.RouteTableAssociationOf(subnet), route }.Concat(Behind(cloud, route))
                .OfType<Resource>()
            where !needs.Contains(needed.Id)
            select $"{instance.Path} does not wait for {needed.Path}";
    }

    /// <summary>
    /// A script tells CloudFormation on every exit, and somebody waits: a condition of the same handle, after the
    /// instance and after each volume that the script mounts, in a stack that the other stacks import from.
    /// </summary>
    public static IEnumerable<string> Silent(Cloud cloud) =>
        from instance in Scripted(cloud)
        let fault = SilenceOf(cloud, instance)
        where fault is not null
        select $"{instance.Path}: {fault}";

    /// <summary>dnf is killed on less (amazonlinux/amazon-linux-2023#404).</summary>
    public static IEnumerable<string> Starved(Cloud cloud) =>
        from instance in Scripted(cloud)
        let type = instance["InstanceType"]!.ToString()
        let swap = Swap().Match(Scripts.Of(cloud, instance)) is { Success: true } found
            ? int.Parse(found.Groups[1].Value, CultureInfo.InvariantCulture) : 0
        where MemoryMib[type] + swap < 1024
        select $"{instance.Path}: {type} has {MemoryMib[type]} MiB, and {swap} of swap";

    /// <summary>Every network command stands behind <c>retry</c>, and that function ends.</summary>
    public static IEnumerable<string> TriedOnce(Cloud cloud) =>
        from instance in Scripted(cloud)
        let script = Scripts.Of(cloud, instance)
        from command in Scripts.NetworkCommands(script)
        where !Retried().IsMatch(command) || !script.Contains("for attempt in {1..", StringComparison.Ordinal)
        select $"{instance.Path}: {command}";

    /// <summary>
    /// EC2 accepts 16 KB of user data (EC2 User Guide, "Run commands when you launch an EC2 instance with user data
    /// input"). CloudFormation's value of a reference may be 400 bytes longer than the placeholder here.
    /// </summary>
    public static IEnumerable<string> TooLong(Cloud cloud) => Scripted(cloud)
        .Where(instance => Scripts.Of(cloud, instance).Length > 15_000).Select(instance => instance.Path);

    /// <summary>
    /// User data runs once in an instance's life, unless it says otherwise; CloudFormation changes it in place.
    /// </summary>
    public static IEnumerable<string> RunOnce(Cloud cloud) =>
        Scripted(cloud).Where(instance => !Scripts.Of(cloud, instance)
            .Contains("- [scripts-user, always]", StringComparison.Ordinal)).Select(instance => instance.Path);

    /// <summary>
    /// A volume is found by its own id and mounted by its own; what writes to it does not start without it.
    /// </summary>
    public static IEnumerable<string> LooselyMounted(Cloud cloud) =>
        from instance in Scripted(cloud)
        let script = Scripts.Of(cloud, instance)
        where script.Contains("/etc/fstab", StringComparison.Ordinal)
        from fault in new[]
        {
            DeviceName().IsMatch(script) ? "it knows a device by a name that moves" : null,
            script.Contains("UUID=$uuid $data", StringComparison.Ordinal) ? null
                : "fstab does not say the file system's id",
            script.Contains("RequiresMountsFor=$data", StringComparison.Ordinal) ? null
                : "ClickHouse starts without the volume",
        }
        where fault is not null
        select $"{instance.Path}: {fault}";

    /// <summary>
    /// Each instance's two status checks have an alarm that acts, and each number that a script reports has one that
    /// tells.
    /// </summary>
    public static IEnumerable<string> Unwatched(Cloud cloud)
    {
        var alarms = cloud.Of("AWS::CloudWatch::Alarm").Select(alarm => (
            Name: alarm["MetricName"]?.ToString(),
            Told: cloud.Tell(alarm, "Dimensions") + cloud.Tell(alarm, "AlarmActions"),
            Silence: alarm["TreatMissingData"]?.ToString())).ToList();
        foreach (var instance in cloud.Of("AWS::EC2::Instance"))
        {
            foreach (var (check, action) in StatusChecks)
                if (!alarms.Any(alarm => alarm.Name == check
                    && alarm.Told.Contains($"${{{instance.Path}}}", StringComparison.Ordinal)
                    && alarm.Told.Contains(action, StringComparison.Ordinal)))
                    yield return $"{instance.Path}: nothing acts on {check}";
            var script = Scripts.Of(cloud, instance);
            if (!script.Contains("/etc/fstab", StringComparison.Ordinal)) continue;
            var reported = Reported().Matches(script).Select(match => match.Groups[1].Value).ToList();
            foreach (var needed in Reports.Except(reported))
                yield return $"{instance.Path}: it does not report {needed}";
            foreach (var number in reported.Where(number => !alarms
                .Any(alarm => alarm.Name == number))) yield return $"{instance.Path}: nothing alarms on {number}";
            if (!alarms.Any(alarm => alarm.Name is { } name && reported.Contains(name)
                && alarm.Silence == "breaching")) yield return $"{instance.Path}: its silence is not noticed";
        }
    }

    /// <summary>
    /// S3 keeps what an upload that failed has sent, and lists it nowhere (S3 User Guide, "Configuring a bucket
    /// lifecycle configuration to delete incomplete multipart uploads").
    /// </summary>
    public static IEnumerable<string> BucketsThatKeepFailedUploads(Cloud cloud) => cloud.Of("AWS::S3::Bucket")
        .Where(bucket => !References.Listed(bucket["LifecycleConfiguration"]?["Rules"])
            .Any(rule => rule["AbortIncompleteMultipartUpload"] is not null && rule["Status"]?.ToString() == "Enabled"
            && rule["Prefix"] is null))
        .Select(bucket => bucket.Path);

    /// <summary>A volume is attached to an instance of its own availability zone, or not at all.</summary>
    public static IEnumerable<string> Apart(Cloud cloud)
    {
        var map = new NetworkMap(cloud);
        return
            from attachment in cloud.Of("AWS::EC2::VolumeAttachment")
            let instance = cloud.Target(attachment, "InstanceId")!
            let volume = cloud.Target(attachment, "VolumeId")!
            where map.SubnetOf(instance) is not { } subnet
                || cloud.Tell(subnet, "AvailabilityZone") != cloud.Tell(volume, "AvailabilityZone")
            select $"{volume.Path} is in another zone than {instance.Path}";
    }

    /// <summary>
    /// The image of an instance is for its processor: a family with a <c>g</c> after its number is Graviton (EC2
    /// Instance Types guide, "Naming conventions").
    /// </summary>
    public static IEnumerable<string> OfAnotherProcessor(Cloud cloud) =>
        from instance in cloud.Of("AWS::EC2::Instance")
        let isGraviton = Graviton().IsMatch(instance["InstanceType"]!.ToString())
        where isGraviton != ImageOf(cloud, instance).Contains("arm64", StringComparison.Ordinal)
        select $"{instance.Path}: {instance["InstanceType"]} does not run {ImageOf(cloud, instance)}";

    /// <summary>
    /// Tables of ClickHouse's own log that grow without limit: its packaged configuration turns them on (ClickHouse Docs,
    /// "System tables"), so a script removes each, or gives it a <c>ttl</c>.
    /// </summary>
    public static IEnumerable<string> EndlessLogs(Cloud cloud) =>
        from instance in Scripted(cloud)
        let script = Scripts.Of(cloud, instance)
        where script.Contains("clickhouse-server", StringComparison.Ordinal)
        from log in PackagedLogs
        where !script.Contains($"<{log} remove=\"1\"/>", StringComparison.Ordinal)
            && !Regex.IsMatch(script, $"<{log}[ >](?:(?!</{log}>).)*<ttl>", RegexOptions.Singleline)
        select $"{instance.Path}: {log} has no end";

    /// <summary>Installations that take whatever version is newest that day.</summary>
    public static IEnumerable<string> Unpinned(Cloud cloud) =>
        from instance in Scripted(cloud)
        from command in Scripts.NetworkCommands(Scripts.Of(cloud, instance))
        where command.Contains("install", StringComparison.Ordinal)
            && command.Contains("clickhouse-server", StringComparison.Ordinal)
            && !command.Contains("clickhouse-server-$version.", StringComparison.Ordinal)
        select $"{instance.Path}: {command}";

    /// <summary>Addresses of scripts, and parameters that name images, that the table does not have.</summary>
    public static IEnumerable<string> Undocumented(Cloud cloud, string table) =>
        from instance in Scripted(cloud)
        from address in Scripts.Addresses(Scripts.Of(cloud, instance)).Append(ImageOf(cloud, instance)).Distinct()
        where !Documented(table).Any(known => address == known
            || address.StartsWith($"{known}/", StringComparison.Ordinal))
        select $"{instance.Path}: {address}";

    /// <summary>Rows of the table that no script needs.</summary>
    public static IEnumerable<string> DocumentedInVain(Cloud cloud, string table) =>
        Documented(table).Where(known => !Scripted(cloud).Any(instance => ImageOf(cloud, instance) == known
            || Scripts.Of(cloud, instance).Contains(known, StringComparison.Ordinal)));

    public static IEnumerable<Resource> Scripted(Cloud cloud) => cloud.Of("AWS::EC2::Instance")
        .Where(instance => instance["UserData"] is not null);

    /// <summary>The parameter of Systems Manager that names the image of an instance.</summary>
    private static string ImageOf(Cloud cloud, Resource instance)
    {
        var template = cloud.Target(instance.Stack, instance["LaunchTemplate"]?["LaunchTemplateId"]);
        var image = cloud.Tell(instance.Stack, template?["LaunchTemplateData"]?["ImageId"] ?? instance["ImageId"]);
        return ImageParameter().Match(image) is { Success: true } found ? found.Value : image;
    }

    private static string? SilenceOf(Cloud cloud, Resource instance)
    {
        var handles = References.Needs(instance["UserData"])
            .Select(id => cloud.Resources.SingleOrDefault(one => one.Stack == instance.Stack && one.Id == id))
            .OfType<Resource>().ToList();
        var handle = handles.SingleOrDefault(one => one.Type == "AWS::CloudFormation::WaitConditionHandle");
        if (handle is null) return "its script knows nobody to tell";
        if (!Scripts.Of(cloud, instance).Contains("trap finish EXIT",
            StringComparison.Ordinal)) return "its script does not tell on every exit";
        var conditions = cloud.Of("AWS::CloudFormation::WaitCondition")
            .Where(one => one.Stack == instance.Stack && cloud.Target(one, "Handle")?.Id == handle.Id).ToList();
        if (conditions.Count != 1) return "nobody, or more than one, waits for its script";
        var needs = cloud.AllNeeds(conditions[0]);
        if (!needs.Contains(instance.Id)) return "the wait begins before the instance";
        var attachments = cloud.Of("AWS::EC2::VolumeAttachment")
            .Where(one => cloud.Target(one, "InstanceId")?.Id == instance.Id
            && handles.Any(volume => volume.Id == cloud.Target(one, "VolumeId")?.Id));
        if (attachments
            .Any(one => !needs
            .Contains(one.Id))) return "the wait begins before the volume is attached, and holds that up";
        if (instance.Node["CreationPolicy"] is not null) return "its own creation waits for the script, which waits for what comes after";
        return cloud.Templates.Keys.Where(stack => stack != instance.Stack
            && stack.EndsWith("-services", StringComparison.Ordinal))
            .All(stack => References.Imports(cloud.Templates[stack])
            .Any(name => name.StartsWith($"{instance.Stack}:", StringComparison.Ordinal)))
            ? null
            : "the services do not wait for its stack";
    }

    /// <summary>
    /// A gateway is there with its attachment; an instance passes packages on once its script is done.
    /// </summary>
    private static IEnumerable<Resource?> Behind(Cloud cloud, Resource? route)
    {
        if (route is null) yield break;
        if (cloud.Target(route, "GatewayId") is { } gateway) yield return cloud.Of("AWS::EC2::VPCGatewayAttachment")
            .Single(attachment => cloud.Target(attachment, "InternetGatewayId")?.Id == gateway.Id);
        if (cloud.Target(route, "NatGatewayId") is { } nat) yield return nat;
        if (cloud.Target(route, "InstanceId") is not { } router) yield break;
        yield return router;
        yield return cloud.Of("AWS::CloudFormation::WaitCondition")
            .SingleOrDefault(condition => References.Needs(router["UserData"])
            .Contains(cloud.Target(condition, "Handle")?.Id));
    }

    private static IEnumerable<string> Documented(string table) => Row().Matches(table)
        .Select(match => match.Groups[1].Value);

    [GeneratedRegex(@"^\| `((?:https://|/aws/)[^`]+)` \| \[", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"/aws/service/[A-Za-z0-9/._-]+")]
    private static partial Regex ImageParameter();

    [GeneratedRegex(@"^[a-z]+\d+[a-z]*g[a-z]*\.")]
    private static partial Regex Graviton();

    [GeneratedRegex(@"^swap_mib=(\d+)$", RegexOptions.Multiline)]
    private static partial Regex Swap();

    [GeneratedRegex(@"\bretry (dnf|yum|curl|wget|aws)\s")]
    private static partial Regex Retried();

    [GeneratedRegex(@"/dev/(nvme\d|sd[a-z]|xvd)")]
    private static partial Regex DeviceName();

    [GeneratedRegex(@"MetricName=(\w+),")]
    private static partial Regex Reported();
}
