@echo off
rem Memasang Asisten UEP dari folder ini saja: tanpa internet. Perlu Python @PYTHON@.
setlocal
cd /d "%~dp0"
set "V="
set "L="
if exist KINI for /f %%I in (KINI) do set "V=%%I"
if exist "versi\%V%\LINGKUNGAN" for /f %%I in (versi\%V%\LINGKUNGAN) do set "L=%%I"
if not defined L goto rusak
py -@PYTHON@ -c "import sysconfig; assert sysconfig.get_platform() == 'win-amd64'" >nul 2>&1
if not "%errorlevel%"=="0" goto python
if exist "lingkungan\%L%\SELESAI" goto selesai
echo Memasang; perlu beberapa menit. Jangan tutup jendela ini.
if exist "lingkungan\%L%" rmdir /s /q "lingkungan\%L%"
if exist "lingkungan\%L%" goto gagal
py -@PYTHON@ -m venv "lingkungan\%L%"
if not "%errorlevel%"=="0" goto gagal
"lingkungan\%L%\Scripts\python.exe" -m pip install --quiet --no-index --find-links wheels --only-binary=:all: -c "versi\%V%\constraints.txt" -r "versi\%V%\requirements.txt"
if not "%errorlevel%"=="0" goto gagal
type nul > "lingkungan\%L%\SELESAI"
if not exist "lingkungan\%L%\SELESAI" goto gagal
:selesai
echo Terpasang. Jalankan: jalankan.bat
if "%~1"=="" pause
exit /b 0
:python
echo Python @PYTHON@ 64-bit (x64) belum ada. Belum ada yang diubah.
echo Pasang dahulu Python itu dengan pilihan "py launcher", lalu jalankan lagi pasang.bat.
pause
exit /b 1
:gagal
echo Pemasangan gagal; sebabnya tertulis di atas. Data Anda tidak diubah.
echo Periksa ruang cakram dan izin menulis di folder ini, lalu jalankan lagi pasang.bat.
echo Bila jalur folder ini panjang, pindahkan dahulu ke jalur pendek, misalnya C:\Asisten.
pause
exit /b 1
:rusak
echo Folder ini tidak lengkap: KINI atau versi yang disebutnya tidak ada. Data Anda tidak diubah.
echo Pemasangan baru: salin seluruh folder bundel ke komputer ini, bukan dari dalam ZIP, lalu jalankan pasang.bat di sana.
echo Bila sudah ada data Anda di sini, jangan timpa folder ini; hubungi pembuat bundel.
pause
exit /b 1
