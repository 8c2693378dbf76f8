using ServerlessCqrs.Deployment.Specs.Given;

namespace ServerlessCqrs.Deployment.Specs;

/// <summary>
/// Runs the scripts in the templates unchanged in a root file system, and checks what they do to a machine and what
/// they report.
/// </summary>
[Collection(SynthesisCollection.Name)]
public sealed class ScriptSpecs(Synthesis synthesis)
{
    private const string Fstab = "/etc/fstab";

    private string Node => Script("ClickHouse/Node/Instance");

    private string Router => Script("ClickHouse/WayOut/Router/Instance");

    [Fact]
    public async Task Node_is_ready_after_its_first_boot()
    {
        using var box = Make();
        var boot = await box.BootAsync(Node);

        Assert.Equal(("SUCCESS", "ready", 0), (boot.Status, boot.Reason, boot.Code));
        Assert.Contains("dnf install -y clickhouse-server-26.7.* clickhouse-client-26.7.*", boot.Calls);
        Assert.Equal($"UUID={await UuidAsync(box)} /var/lib/clickhouse xfs defaults,noatime,nofail 0 2",
            box.Read(Fstab).Trim().Split('\n')[^1]);
        Assert.True(File.Exists(box.InVolume("status")), "ClickHouse did not write to the volume");
        Assert.Contains("systemctl enable --now shop-backup.timer shop-watch.timer", boot.Calls);
        Assert.Contains("<password_sha256_hex>" + Sha256("a password"),
            box.Read("/etc/clickhouse-server/users.d/shop.xml"), StringComparison.Ordinal);
        Assert.DoesNotContain("a password", box.Read("/var/log/shop-setup.log"), StringComparison.Ordinal);
        var config = System.Xml.Linq.XDocument.Parse(box.Read("/etc/clickhouse-server/config.d/shop.xml"));
        var logs = config.Root!.Elements().Where(one => one.Name.LocalName.EndsWith("_log", StringComparison.Ordinal));
        Assert.All(logs, log => Assert.True(log.Element("ttl") is not null || log.Attribute("remove") is not null));
    }

    [Fact]
    public async Task Node_needs_nothing_from_outside_to_boot_again()
    {
        using var box = Make();
        await box.BootAsync(Node);
        var uuid = await UuidAsync(box);
        await File.WriteAllTextAsync(box.InVolume("events"), "ours");

        var boot = await box.BootAsync(Node, "MIRROR=down");

        Assert.Equal("SUCCESS", boot.Status);
        Assert.Equal((0, 0, 1), (boot.Count("dnf"), boot.Count("systemctl restart"),
            boot.Count("systemctl start clickhouse-server")));
        Assert.Equal(uuid, await UuidAsync(box));
        Assert.Equal("ours", await File.ReadAllTextAsync(box.InVolume("events")));
        Assert.Single(box.Read(Fstab).Split('\n'), line => line
            .Contains("/var/lib/clickhouse", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Volume_of_an_earlier_node_is_taken_over_as_it_is()
    {
        using var old = Make();
        Assert.Equal("SUCCESS", (await old.BootAsync(Node, "NUMBERED=991")).Status);
        await File.WriteAllTextAsync(old.InVolume("events"), "ours");
        var uuid = await UuidAsync(old);

        using var box = new Box(old);
        var boot = await box.BootAsync(Node);

        Assert.Equal(("SUCCESS", "ready"), (boot.Status, boot.Reason));
        Assert.Equal(uuid, await UuidAsync(box));
        Assert.Equal("ours", await File.ReadAllTextAsync(box.InVolume("events")));
        Assert.Contains("dnf install -y clickhouse-server-26.7.* clickhouse-client-26.7.*", boot.Calls);
    }

    [Fact]
    public async Task Lost_race_for_the_package_cache_is_run_again()
    {
        using var box = Make();
        var node = await box.BootAsync(Node, "MIRROR=racing");
        Assert.Equal(("SUCCESS", 3), (node.Status, node.Count("dnf install")));

        using var other = Make();
        var router = await other.BootAsync(Router, "MIRROR=racing");
        Assert.Equal(("SUCCESS", 3), (router.Status, router.Count("dnf install")));
    }

    [Fact]
    public async Task Mirror_that_fails_is_told_and_the_volume_let_go()
    {
        using var box = Make();
        var boot = await box.BootAsync(Node, "MIRROR=down");

        Assert.Equal(("FAILURE", 1), (boot.Status, boot.Code));
        Assert.Contains("packages.clickhouse.com/rpm/clickhouse.repo", boot.Reason, StringComparison.Ordinal);
        Assert.Contains("404", boot.Reason, StringComparison.Ordinal);
        Assert.Equal(20, boot.Count("curl --fail --silent --show-error --location"));
        Assert.Contains("systemctl stop clickhouse-server", boot.Calls);
        Assert.False(File.Exists(box.InVolume("status")), "ClickHouse was started");

        using var other = Make();
        var router = await other.BootAsync(Router, "MIRROR=down");
        Assert.Equal("FAILURE", router.Status);
        Assert.Contains("retry dnf install -y iptables-services", router.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Node_whose_first_boot_failed_is_ready_after_the_next()
    {
        using var box = Make();
        await box.BootAsync(Node, "MIRROR=down");
        Assert.Equal("SUCCESS", (await box.BootAsync(Node)).Status);
    }

    [Fact]
    public async Task Full_volume_is_told()
    {
        using var box = Make();
        Assert.Equal("SUCCESS", (await box.BootAsync(Node)).Status);

        var boot = await box.BootAsync(Node, "DISK=full");

        Assert.Equal("FAILURE", boot.Status);
        Assert.Contains("systemctl start clickhouse-server", boot.Reason, StringComparison.Ordinal);
        Assert.Contains("No space left on device", boot.Reason, StringComparison.Ordinal);
        // It was ready before, so the volume stays mounted for repairs.
        Assert.DoesNotContain("systemctl stop clickhouse-server", boot.Calls);
        var watch = await box.LaterAsync("/usr/local/bin/shop-watch", "DISK=full");
        Assert.Contains("MetricName=NodeDataDisk,Unit=Percent,Value=100,", Assert
            .Single(watch.Calls, call => call.StartsWith("aws cloudwatch", StringComparison.Ordinal)),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Volume_that_never_comes_is_told()
    {
        using var box = Make();
        var boot = await box.BootAsync(Node, "VOLUME=away");
        Assert.Equal("FAILURE", boot.Status);
        Assert.Contains("test -e", boot.Reason, StringComparison.Ordinal);
        Assert.Equal(19, boot.Count("sleep 15"));
    }

    [Fact]
    public async Task Volume_with_something_unknown_on_it_is_not_formatted()
    {
        using var box = Make();
        await using (var disk = File.OpenWrite(box.Disk))
        {
            disk.Position = 300_000;
            disk.WriteByte(1);
        }

        var boot = await box.BootAsync(Node);

        Assert.Equal("FAILURE", boot.Status);
        Assert.Contains("the volume is not empty, and has no file system", boot.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Password_that_cannot_be_read_is_told()
    {
        using var box = Make();
        var boot = await box.BootAsync(Node, "SECRET=away");
        Assert.Equal("FAILURE", boot.Status);
        Assert.Contains("Unable to locate credentials", boot.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changed_script_changes_the_machine()
    {
        using var box = Make();
        await box.BootAsync(Node);
        Assert.Contains("03:00:00", box.Read("/etc/systemd/system/shop-backup.timer"), StringComparison.Ordinal);

        var boot = await box.BootAsync(Node.Replace("03:00:00", "04:00:00", StringComparison.Ordinal)
            .Replace("<count>5</count>", "<count>6</count>", StringComparison.Ordinal));

        Assert.Equal("SUCCESS", boot.Status);
        Assert.Contains("04:00:00", box.Read("/etc/systemd/system/shop-backup.timer"), StringComparison.Ordinal);
        Assert.Contains("<count>6</count>", box.Read("/etc/clickhouse-server/config.d/shop.xml"),
            StringComparison.Ordinal);
        Assert.Equal(1, boot.Count("systemctl restart clickhouse-server"));
    }

    [Fact]
    public async Task Backup_and_its_age_are_reported()
    {
        using var box = Make();
        await box.BootAsync(Node);
        Assert.Equal(0, (await box.LaterAsync("touch -d '40 hours ago' /var/lib/shop/backup")).Code);
        Assert.Contains("MetricName=NodeBackupAge,Unit=Count,Value=40,",
            Reported(await box.LaterAsync("/usr/local/bin/shop-watch")), StringComparison.Ordinal);

        Assert.NotEqual(0, (await box.LaterAsync("/usr/local/bin/shop-backup", "S3=down")).Code);
        Assert.Contains("Value=40,", Reported(await box.LaterAsync("/usr/local/bin/shop-watch")),
            StringComparison.Ordinal);

        var backup = await box.LaterAsync("/usr/local/bin/shop-backup");
        Assert.Equal(0, backup.Code);
        Assert.Contains(backup.Calls, call => call
            .Contains("BACKUP DATABASE shop TO S3('https://backups.s3.eu-west-1.amazonaws.com/nightly/",
            StringComparison.Ordinal));
        Assert.Contains(backup.Calls, call =>
            call.EndsWith("ALTER TABLE system.`query_log_0` DROP PARTITION ID '202601'", StringComparison.Ordinal));
        Assert.Contains("MetricName=NodeBackupAge,Unit=Count,Value=0,",
            Reported(await box.LaterAsync("/usr/local/bin/shop-watch")), StringComparison.Ordinal);
        Assert.Contains("MetricName=NodeDown,Unit=Count,Value=1,",
            Reported(await box.LaterAsync("/usr/local/bin/shop-watch", "CLICKHOUSE=down")), StringComparison.Ordinal);

        static string Reported(Boot boot) => Assert
            .Single(boot.Calls, call => call.StartsWith("aws cloudwatch put-metric-data", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Router_passes_packages_on_after_each_boot()
    {
        using var box = Make();
        var first = await box.BootAsync(Router);
        Assert.Equal("SUCCESS", first.Status);
        Assert.Equal("net.ipv4.ip_forward=1", box.Read("/etc/sysctl.d/90-shop-way-out.conf").Trim());
        Assert.Equal("-A POSTROUTING -o ens5 -j MASQUERADE", box.Read("/etc/sysconfig/iptables").Trim());
        Assert.Contains("swapon /swapfile", first.Calls);
        Assert.True(first.Calls.ToList().IndexOf("swapon /swapfile") < first.Calls
            .ToList().IndexOf("dnf install -y iptables-services"), "dnf runs before there is memory for it");

        var second = await box.BootAsync(Router, "MIRROR=down");
        Assert.Equal(("SUCCESS", 0, 0), (second.Status, second.Count("dnf"), second.Count("mkswap")));
        Assert.Equal("-A POSTROUTING -o ens5 -j MASQUERADE", box.Read("/etc/sysconfig/iptables").Trim());
        Assert.Contains("swapon /swapfile", second.Calls);
    }

    [Fact]
    public async Task Router_without_a_route_is_told()
    {
        using var box = Make();
        var boot = await box.BootAsync(Router, "ROUTE=away");
        Assert.Equal("FAILURE", boot.Status);
        Assert.Contains("the instance has no default route", boot.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shellcheck_finds_nothing_in_the_scripts_and_in_what_they_write()
    {
        using var box = Make();
        await box.BootAsync(Node);
        string[] written = ["clickhouse", "backup", "watch"];
        var files = written.Select(name => (Name: name, Text: box.Read($"/usr/local/bin/shop-{name}")))
            .Append((Name: "node", Text: Node))
            .Append((Name: "router", Text: Router))
            .Select(script =>
            {
                Assert.StartsWith("#!/bin/bash", script.Text, StringComparison.Ordinal);
                var file = box.In($"told/{script.Name}.sh");
                File.WriteAllText(file, script.Text);
                return file;
            });

        // SC1091: the file with retry is on the node.
        var (code, printed) = await Tool.RunAsync("shellcheck", ["--exclude=SC1091", .. files]);

        Assert.True(code == 0, printed);
    }

    private static Box Make()
    {
        if (Box.WhyNot is { } reason) Assert.Skip(reason);
        return new Box();
    }

    private static async Task<string> UuidAsync(Box box) =>
        (await Tool.RunAsync("blkid", ["-p", "-s", "UUID", "-o", "value", box.Disk])).Printed.Trim();

    private static string Sha256(string text) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)));

    /// <summary>
    /// Returns the shell part of the user data, with names for the values that CloudFormation inserts.
    /// </summary>
    private string Script(string instance)
    {
        var resource = synthesis.Production.At("AWS::EC2::Instance", instance);
        var data = Scripts.Of(synthesis.Production, resource);
        var handle = synthesis.Production.Of("AWS::CloudFormation::WaitConditionHandle")
            .Single(one => one.Path.StartsWith(instance
            .Replace("/Instance", "", StringComparison.Ordinal), StringComparison.Ordinal));
        var script = data[data.IndexOf("#!/bin/bash", StringComparison.Ordinal)..data.LastIndexOf("--//--",
            StringComparison.Ordinal)]
            .Replace($"${{{handle.Path}}}", "https://signal.example/?X-Amz-Expires=86399&X-Amz-Signature=1",
                StringComparison.Ordinal)
            .Replace("${ClickHouse/Data}", "vol-0123456789abcdef0", StringComparison.Ordinal)
            .Replace("${ClickHouse/Password}", "arn:aws:secretsmanager:eu-west-1:111122223333:secret:password-AbCdEf",
                StringComparison.Ordinal)
            .Replace("${ClickHouse/Backups}", "backups", StringComparison.Ordinal)
            .Replace("${AWS::Region}", "eu-west-1", StringComparison.Ordinal);
        Assert.DoesNotContain("@@", script, StringComparison.Ordinal);
        return script;
    }
}
