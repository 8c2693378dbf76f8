using System.Net;
using System.Net.Sockets;
using ServerlessCqrs.LocalRuntime.Processes;

namespace ServerlessCqrs.LocalRuntime.Specs.Emulators;

public sealed class PortsSpecs
{
    [Fact]
    public void A_port_in_use_is_refused_with_its_number_its_owner_and_the_way_out()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        var refusal = Assert.Throws<PortTakenException>(() => new Ports(port).Take("kinesis"));

        Assert.Contains($"Port {port} on 127.0.0.1, meant for kinesis, is in use", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("--port", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ports_count_up_from_the_first_and_a_service_that_is_elsewhere_keeps_its_place()
    {
        var first = new Ports(0).Take("finder");
        var ports = new Ports(first);

        Assert.Equal(first, ports.Take("dynamodb"));
        ports.Skip();
        ports.Skip();
        try
        {
            Assert.Equal(first + 3, ports.Take("ses"));
        }
        catch (PortTakenException taken)
        {
            Assert.Equal(first + 3, taken.Port);
        }
    }

    [Fact]
    public void Port_0_means_free_ports_each_given_once()
    {
        var ports = new Ports(0);

        var taken = Enumerable.Range(0, 50).Select(_ => ports.Take("anyone")).ToArray();

        Assert.Equal(50, taken.Distinct().Count());
        Assert.DoesNotContain(0, taken);
    }
}
