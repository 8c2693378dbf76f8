using System.Text.Json.Nodes;
using ServerlessCqrs.Cdk.Data;
using ServerlessCqrs.Deployment.Specs.Given;

namespace ServerlessCqrs.Deployment.Specs;

/// <summary>
/// Instances come up by themselves, say so when they do not, and are watched. Each rule fails on the templates of
/// before.
/// </summary>
[Collection(SynthesisCollection.Name)]
public sealed class MachineSpecs(Synthesis synthesis)
{
    private const string Router = "ClickHouse/WayOut/Router/Instance";
    private const string Node = "ClickHouse/Node/Instance";

    [Fact]
    public void Instance_starts_after_its_route_and_what_that_leads_to() => Holds(
        MachineRules.Unordered,
        cloud => cloud.At("AWS::EC2::Instance", Router).Node.Remove("DependsOn"),
        before: "ClickHouse/Node does not wait for ClickHouse/Network/ShopSubnet1/DefaultRoute");

    [Theory]
    [InlineData("AWS::CloudFormation::WaitCondition")]
    [InlineData("AWS::CloudFormation::WaitConditionHandle")]
    public void Script_without_somebody_to_tell_is_caught(string removed) => Holds(
        MachineRules.Silent,
        cloud => cloud.Remove(cloud.Of(removed).First()),
        before: "ClickHouse/Node: its script knows nobody to tell");

    [Fact]
    public void Wait_that_holds_up_the_volume_is_caught() => Assert.Contains(
        $"{Node}: the wait begins before the volume is attached, and holds that up",
        MachineRules.Silent(synthesis.Production.Damaged(cloud =>
            Ready(cloud).Node["DependsOn"] = new JsonArray(cloud.At("AWS::EC2::Instance", Node).Id))));

    [Fact]
    public void Creation_policy_that_waits_for_the_volume_is_caught() => Assert.Contains(
        $"{Node}: its own creation waits for the script, which waits for what comes after",
        MachineRules.Silent(synthesis.Production.Damaged(cloud =>
            cloud.At("AWS::EC2::Instance", Node).Node["CreationPolicy"] =
            new JsonObject { ["ResourceSignal"] = new JsonObject() })));

    [Fact]
    public void Services_that_do_not_wait_for_the_node_are_caught() => Assert.Contains(
        $"{Node}: the services do not wait for its stack",
        MachineRules.Silent(synthesis.Production.Damaged(cloud =>
            cloud.Templates["shop-prod-services"]["Resources"] = new JsonObject())));

    [Fact]
    public void Instance_has_a_GiB_of_memory_or_swap() => Holds(
        MachineRules.Starved,
        cloud => Edit(cloud, Router, "swap_mib=1024", "swap_mib=256"),
        before: "ClickHouse/Network/OutSubnet1/NatInstance: t4g.nano has 512 MiB, and 0 of swap");

    [Fact]
    public void Network_command_is_retried_and_not_for_ever() => Holds(
        MachineRules.TriedOnce,
        cloud => Edit(cloud, Router, "retry dnf", "dnf"),
        before: "ClickHouse/Network/OutSubnet1/NatInstance: yum install iptables-services -y");

    [Fact]
    public void Script_runs_again_when_it_changed() => Holds(
        MachineRules.RunOnce,
        cloud => Edit(cloud, Node, "- [scripts-user, always]", "- scripts-user"),
        before: "ClickHouse/Node");

    [Fact]
    public void Script_fits_into_user_data() => Assert.Empty(MachineRules.TooLong(synthesis.Production));

    [Theory]
    [InlineData("UUID=$uuid $data", "$device $data")]
    [InlineData("RequiresMountsFor=$data", "")]
    [InlineData("device=/dev/disk/by-id/nvme-Amazon_Elastic_Block_Store_", "device=/dev/sdf")]
    public void Volume_is_mounted_by_its_own_id_and_before_ClickHouse_starts(string now, string then) => Holds(
        MachineRules.LooselyMounted,
        cloud => Edit(cloud, Node, now, then),
        before: "ClickHouse/Node: ClickHouse starts without the volume");

    [Theory]
    [InlineData("ClickHouse/Watch/Alarms/Down")]
    [InlineData("ClickHouse/Watch/Alarms/DataDisk")]
    [InlineData("ClickHouse/Watch/Alarms/BackupAge")]
    [InlineData("ClickHouse/Watch/Alarms/Host")]
    [InlineData("ClickHouse/WayOut/Alarms/System")]
    public void Disk_status_and_backup_of_instances_are_watched(string alarm) => Holds(
        MachineRules.Unwatched,
        cloud => cloud.Remove(cloud.At("AWS::CloudWatch::Alarm", alarm)),
        before: "ClickHouse/Node: it does not report NodeBackupAge");

    [Fact]
    public void Bucket_drops_the_uploads_that_failed() => Holds(
        MachineRules.BucketsThatKeepFailedUploads,
        cloud => ((JsonObject)cloud.At("AWS::S3::Bucket",
            "ClickHouse/Backups")["LifecycleConfiguration"]!["Rules"]![0]!).Remove("AbortIncompleteMultipartUpload"),
        before: "ClickHouse/Backups");

    [Fact]
    public void Address_in_a_script_is_documented()
    {
        var table = File.ReadAllText(Path.Combine(Tool.RepositoryRoot, "infra", "Aws", "ADDRESSES.md"));
        Holds(
            cloud => MachineRules.Undocumented(cloud, table),
            cloud => Edit(cloud, Node, "/rpm/clickhouse.repo", "/rpm/lts/clickhouse-lts.repo"),
            before: "ClickHouse/Node: https://packages.clickhouse.com/rpm/lts/clickhouse-lts.repo");
        Assert.Empty(MachineRules.DocumentedInVain(synthesis.Production, table));
    }

    [Fact]
    public void Node_installs_the_line_that_local_play_runs()
    {
        var packages = JsonNode.Parse(File.ReadAllText(Path.Combine(Tool.RepositoryRoot,
            "package.json")))!["optionalDependencies"]!.AsObject();
        var local = packages.Where(package => package.Key.StartsWith("@chdb/", StringComparison.Ordinal))
            .Select(package => package.Value!.ToString()).ToList();
        Assert.NotEmpty(local);
        Assert.All(local, version => Assert.StartsWith($"{ClickHouseNode.Version}.", version,
            StringComparison.Ordinal));
        Assert.All(local, version => Assert.Contains("-stable.", version, StringComparison.Ordinal));
        var now = Scripts.Of(synthesis.Production, synthesis.Production.At("AWS::EC2::Instance", Node));
        Assert.Contains($"version='{ClickHouseNode.Version}'", now, StringComparison.Ordinal);
        Assert.Empty(MachineRules.Unpinned(synthesis.Production));
        Assert.Equal(["ClickHouse/Node: dnf install -y clickhouse-server clickhouse-client"],
            MachineRules.Unpinned(Before.Production));
    }

    [Fact]
    public void Volume_in_another_zone_than_its_instance_is_caught()
    {
        var zoned = synthesis.Variant(synthesis.ProductionOptions with { Zone = "us-east-1b" });
        Assert.Empty(MachineRules.Apart(synthesis.Production));
        Assert.Empty(MachineRules.Apart(zoned));
        Assert.Equal("us-east-1b", zoned.Of("AWS::EC2::Volume").Single()["AvailabilityZone"]!.ToString());
        Assert.Equal([$"ClickHouse/Data is in another zone than {Node}"], MachineRules.Apart(
            synthesis.Production.Damaged(cloud =>
                cloud.Of("AWS::EC2::Volume").Single().Properties["AvailabilityZone"] = "us-east-1c")));
    }

    [Fact]
    public void Image_for_another_processor_is_caught()
    {
        Assert.Empty(MachineRules.OfAnotherProcessor(synthesis.Production));
        Assert.Contains(MachineRules.OfAnotherProcessor(synthesis.Production.Damaged(cloud =>
            cloud.At("AWS::EC2::Instance", Node).Properties["InstanceType"] = "t3.large")),
            fault => fault.StartsWith($"{Node}: t3.large does not run", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("<ttl>event_date + INTERVAL 7 DAY DELETE</ttl>", "", "query_log")]
    [InlineData("<trace_log remove=\"1\"/>", "", "trace_log")]
    public void Log_of_ClickHouse_without_an_end_is_caught(string now, string then, string log)
    {
        Holds(
            MachineRules.EndlessLogs,
            cloud => Edit(cloud, Node, now, then),
            before: $"ClickHouse/Node: {log} has no end");
    }

    [Fact]
    public void Parameter_that_names_an_image_is_documented()
    {
        var table = File.ReadAllText(Path.Combine(Tool.RepositoryRoot, "infra", "Aws", "ADDRESSES.md"));
        Assert.Contains("/aws/service/other", string.Join('\n', MachineRules.Undocumented(
            synthesis.Production.Damaged(cloud => cloud.Of("AWS::EC2::LaunchTemplate").First()[
                "LaunchTemplateData"]!["ImageId"] = "resolve:ssm:/aws/service/other"), table)), StringComparison.Ordinal);
    }

    /// <summary>
    /// Run on the same line of ClickHouse. The package's own configuration is not to be had here; this one has what is
    /// hard to change in it: log tables that are on, and one with an engine, which takes no <c>ttl</c> beside it
    /// (ClickHouse Docs, "System tables").
    /// </summary>
    [Fact]
    public async Task ClickHouse_takes_the_node_s_configuration_and_drops_its_logs_after_a_week()
    {
        var library = Path.Combine(Tool.RepositoryRoot, "node_modules", "@chdb", "lib-linux-x64-gnu", "libchdb.so");
        Assert.SkipUnless(File.Exists(library)
            && Tool.IsInstalled("python3"), "ClickHouse's library for linux-x64 or python3 is not installed");
        var folder = Directory.CreateDirectory(Path.Combine(synthesis.Folder, "clickhouse")).FullName;
        Directory.CreateDirectory(Path.Combine(folder, "config.d"));
        await File.WriteAllTextAsync(Path.Combine(folder, "config.xml"), """
            <clickhouse>
              <tcp_port>9000</tcp_port>
              <query_log><database>system</database><table>query_log</table><engine>ENGINE =
                  MergeTree ORDER BY event_time</engine></query_log>
              <part_log><database>system</database><table>part_log</table></part_log>
              <metric_log><database>system</database><table>metric_log</table><collect_interval_milliseconds>100</collect_interval_milliseconds></metric_log>
            </clickhouse>
            """);
        var script = Scripts.Of(synthesis.Production, synthesis.Production.At("AWS::EC2::Instance", Node));
        const string begin = "config.d/shop.xml <<'XML'\n";
        var config = script[(script.IndexOf(begin, StringComparison.Ordinal) + begin.Length)..];
        await File.WriteAllTextAsync(Path.Combine(folder, "config.d", "shop.xml"),
            config[..config.IndexOf("\nXML\n", StringComparison.Ordinal)]
            .Replace("${ClickHouse/Backups}", "backups", StringComparison.Ordinal)
            .Replace("${AWS::Region}", "eu-west-1", StringComparison.Ordinal));

        var (code, printed) = await Tool.RunAsync("python3",
        [
            Path.Combine(AppContext.BaseDirectory, "Given", "clickhouse-query.py"), library,
                Path.Combine(folder, "config.xml"), Path.Combine(folder, "data"),
            "SELECT version(); SYSTEM FLUSH LOGS; SELECT name, extract(create_table_query, 'TTL [^ ]+ . [^ ]+') FROM system.tables WHERE database = 'system' AND name LIKE '%\\_log' ORDER BY name",
        ]);

        Assert.True(code == 0, printed);
        var lines = printed.Trim().Split('\n');
        Assert.StartsWith($"{ClickHouseNode.Version}.", lines[0], StringComparison.Ordinal);
        Assert.Equal(["part_log\tTTL event_date + toIntervalDay(7)", "query_log\tTTL event_date + toIntervalDay(7)"],
            lines[1..]);
    }

    /// <summary>One of the node; the first in the template is the router's.</summary>
    private static Resource Ready(Cloud cloud) => cloud.Of("AWS::CloudFormation::WaitCondition")
        .Single(one => one.Path.StartsWith("ClickHouse/Node/", StringComparison.Ordinal));

    private static void Edit(Cloud cloud, string instance, string now, string then)
    {
        var properties = cloud.At("AWS::EC2::Instance", instance).Properties;
        var text = properties["UserData"]!.ToJsonString(SnapshotSpecs.Indented);
        var (from, to) = (JsonValue.Create(now).ToJsonString(SnapshotSpecs.Indented)[1..^1],
            JsonValue.Create(then).ToJsonString(SnapshotSpecs.Indented)[1..^1]);
        Assert.Contains(from, text, StringComparison.Ordinal);
        properties["UserData"] = JsonNode.Parse(text.Replace(from, to, StringComparison.Ordinal));
    }

    private void Holds(Func<Cloud, IEnumerable<string>> rule, Action<Cloud> fault, string before)
    {
        Assert.Empty(rule(synthesis.Production));
        Assert.Empty(rule(synthesis.Development));
        Assert.NotEmpty(rule(synthesis.Production.Damaged(fault)));
        Assert.Contains(before, rule(Before.Production));
    }
}
