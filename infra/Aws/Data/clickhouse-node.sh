#!/bin/bash
# Runs once, when the instance is made: mounts the data volume (and formats it only when it is new), installs ClickHouse, backs it up every night.
set -euo pipefail

# The volume is attached after the instance is up; on Nitro instances it is the second NVMe device.
until [ -b /dev/nvme1n1 ]; do sleep 2; done
blkid /dev/nvme1n1 >/dev/null || mkfs.xfs /dev/nvme1n1
mkdir -p /var/lib/clickhouse
echo '/dev/nvme1n1 /var/lib/clickhouse xfs defaults,nofail 0 2' >> /etc/fstab
mount /var/lib/clickhouse

dnf install -y dnf-plugins-core
dnf config-manager --add-repo https://packages.clickhouse.com/rpm/lts/clickhouse-lts.repo
dnf install -y clickhouse-server clickhouse-client
# An instance that takes over the volume may number its users otherwise.
chown -R clickhouse:clickhouse /var/lib/clickhouse

# The password is fetched here and never stands in the instance's user data.
password=$(aws secretsmanager get-secret-value --region '@@REGION@@' --secret-id '@@SECRET@@' --query SecretString --output text)
hash=$(printf %s "$password" | sha256sum | cut -d' ' -f1)
cat > /etc/clickhouse-server/users.d/shop.xml <<XML
<clickhouse><users>
  <default remove="1"/>
  <shop><password_sha256_hex>$hash</password_sha256_hex><networks><ip>::/0</ip></networks><profile>default</profile><quota>default</quota></shop>
</users></clickhouse>
XML
cat > /etc/clickhouse-server/config.d/shop.xml <<XML
<clickhouse><listen_host>0.0.0.0</listen_host><tcp_port remove="1"/></clickhouse>
XML
systemctl enable --now clickhouse-server

# Every night a whole backup of its own name: the bucket's lifecycle removes it after five weeks.
cat > /usr/local/bin/clickhouse-backup-shop <<'SH'
#!/bin/bash
set -euo pipefail
password=$(aws secretsmanager get-secret-value --region '@@REGION@@' --secret-id '@@SECRET@@' --query SecretString --output text)
curl --fail --silent --show-error --user "shop:$password" http://127.0.0.1:8123/ \
  --data-binary "BACKUP DATABASE shop TO S3('https://@@BUCKET@@.s3.@@REGION@@.amazonaws.com/nightly/$(date -u +%F)/')"
SH
chmod 700 /usr/local/bin/clickhouse-backup-shop
cat > /etc/systemd/system/clickhouse-backup-shop.service <<'UNIT'
[Service]
Type=oneshot
ExecStart=/usr/local/bin/clickhouse-backup-shop
UNIT
cat > /etc/systemd/system/clickhouse-backup-shop.timer <<'UNIT'
[Timer]
OnCalendar=*-*-* 03:00:00 UTC
Persistent=true
[Install]
WantedBy=timers.target
UNIT
cat > /etc/clickhouse-server/config.d/s3.xml <<XML
<clickhouse><s3><use_environment_credentials>true</use_environment_credentials></s3></clickhouse>
XML
systemctl restart clickhouse-server
systemctl enable --now clickhouse-backup-shop.timer
